import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { canariesIn } from "../canaries/canary";
import { isSecret } from "../canaries/secret-attributes";
import { isValues, unknown, Unknown, type Values } from "../protocol/values";
import type { AttributeSchema, BlockSchema } from "../schemas/provider-schema";
import { changeAttributes, knownValues, valueAt, type VisitedAttribute } from "./block-values";
import { replacingArguments } from "./replacing-arguments";
import { canaryOf } from "./values/common-values";
import { fallbackValue } from "./values/fallbacks";
import { valueTable } from "./values/tables";
import type { ResourceValues, ValueContext } from "./values/value-table";

/** What a provider was configured with, as far as values are made from it. */
export type ProviderSettings = Pick<ValueContext, "account" | "region" | "defaultTags">;

/** Hears of each secret that is made up: its dotted path, and the text to look for. */
export type Give = (attribute: string, text: string) => void;

/** A plan for one resource. */
export interface ResourcePlan {
  readonly planned: Values;
  /** Arguments, at the top of the resource, that cannot be changed in place. */
  readonly replacing: readonly string[];
}

/** A resource type as a provider treats it: what is known when, what replaces, and what comes out. */
export class SimulatedResource {
  private readonly table: ResourceValues;

  constructor(
    readonly type: string,
    private readonly block: BlockSchema,
  ) {
    this.table = valueTable[type] ?? {};
  }

  /** Plans a creation (`prior` is null) or a change. */
  plan(prior: Values | null, proposed: Values, config: Values, settings: ProviderSettings): ResourcePlan {
    const context = this.context(proposed, prior, settings, "");
    const renewed = prior !== null && this.renews(prior, proposed) ? (this.table.renewed ?? []) : [];
    const planned = changeAttributes(this.block, proposed, prior, (attribute) => this.plannedValue(attribute, renewed, config, context));
    return { planned, replacing: prior === null ? [] : this.replacing(prior, planned) };
  }

  private plannedValue(
    { schema, path, value, prior }: VisitedAttribute,
    renewed: readonly string[],
    config: Values,
    context: ValueContext,
  ) {
    if (schema.write_only) return null;
    if (!schema.computed) return value;
    const configured = path.includes(".") ? value !== null && schema.optional === true : (config[path] ?? null) !== null;
    if (configured) return context.prior !== undefined && this.table.kept?.[path]?.(context) === true ? prior : value;
    const known = this.table.planned?.[path];
    if (known) {
      const made = known(context);
      return made === undefined ? unknown : made;
    }
    if (renewed.includes(path)) return unknown;
    return value === null && prior === undefined ? unknown : value;
  }

  /** Whether a change is one that renews what it can. What is write-only is in no state, and tells nothing. */
  private renews(prior: Values, proposed: Values): boolean {
    const without = this.table.renewedWithout ?? [];
    const kept = changeAttributes(this.block, proposed, prior, ({ schema, value }) => (schema.write_only ? null : value));
    return Object.keys(kept).some((name) => !without.includes(name) && !isDeepStrictEqual(prior[name], kept[name]));
  }

  private replacing(prior: Values, planned: Values): readonly string[] {
    const changed = replacingArguments(this.type)
      .map((path) => path.split("."))
      .filter((path) => !isDeepStrictEqual(valueAt(prior, path), valueAt(planned, path)));
    return [...new Set(changed.flatMap(([top]) => top ?? []))];
  }

  /** What exists after a plan was applied. @param key the object's key: values that nothing else says are made from it */
  applied(prior: Values | null, planned: Values, settings: ProviderSettings, key: string, give: Give = () => undefined): Values {
    const context = this.context(planned, prior, settings, key);
    return changeAttributes(this.block, planned, undefined, ({ schema, name, path, value }) => {
      if (schema.write_only) return null;
      if (!(value instanceof Unknown)) return value;
      const made = this.table.applied?.[path]?.(context);
      if (!isSecret(this.type, path, schema)) return made === undefined ? fallback(name, schema, context) : made;
      const secret = made === undefined ? (schema.type === "string" ? canaryOf(context, path) : fallback(name, schema, context)) : made;
      for (const text of canariesIn(secret)) give(path, text);
      return secret;
    });
  }

  private context(values: Values, prior: Values | null, settings: ProviderSettings, key: string): ValueContext {
    const known = knownValues(values);
    return {
      type: this.type,
      values: isValues(known) ? known : {},
      ...(prior === null ? {} : { prior }),
      ...settings,
      hex: (length, purpose = "") => createHash("sha256").update(`${key}\n${purpose}`).digest("hex").slice(0, length),
    };
  }
}

function fallback(name: string, { type, nested_type }: AttributeSchema, context: ValueContext): unknown {
  if (type !== undefined) return fallbackValue(name, type, context);
  if (nested_type?.nesting_mode === "single") return null;
  return nested_type?.nesting_mode === "map" ? {} : [];
}
