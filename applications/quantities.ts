import { text } from "../environments/fields";

/** CPU of a container: cores, or thousandths of one with an `m`; there is nothing smaller (Kubernetes, "Resource units"). */
export function cpu() {
  return quantity("an amount of CPU above 0 such as 250m or 0.25", /^(?=.*[1-9])(\d+m|\d+(\.\d{1,3})?)$/, (value) => {
    const [, amount, fraction = ""] = /^(\d+)(\.\d+)?\s*m[a-z]*$/i.exec(value) ?? [];
    if (amount === undefined) return "write it as 250m or 0.25";
    return `write it as ${Math.max(1, Number(amount) + (fraction === "" ? 0 : 1))}m, in whole thousandths of a core`;
  });
}

/** Memory of a container. Less than 1Mi starts nothing: whoever writes it has left the unit out. */
export function memory() {
  const limit = "an amount of memory of 1Mi at least such as 512Mi or 1Gi";
  return quantity(limit, /^(?=.*[1-9])(\d+(\.\d+)?(Mi|Gi|Ti|M|G|T)|\d{4,}(\.\d+)?(Ki|k)|\d{7,})$/, (value) => {
    const [, amount, letter = ""] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)[a-z]*$/i.exec(value) ?? [];
    const unit = letter === "" ? "M" : letter.toUpperCase();
    return amount === undefined || !/[1-9]/.test(amount) || unit === "K"
      ? "write it as 512Mi"
      : `write it as ${amount}${unit} or ${amount}${unit}i`;
  });
}

function quantity(limit: string, shape: RegExp, fix: (value: string) => string) {
  return text(20).superRefine((value, context) => {
    if (!shape.test(value)) context.addIssue({ code: "custom", message: `${limit}; ${fix(value)}` });
  });
}
