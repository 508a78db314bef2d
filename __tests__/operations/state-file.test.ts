import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { continues, describeStateContent, parseState, readStateFile, taintedIn, type State } from "../../operations/state-file";

const resource = (type: string, id: string, more: object = {}) => ({
  mode: "managed",
  type,
  name: "One",
  instances: [{ attributes: { id, ...more } }],
});
const state = (...resources: State["resources"]): State => ({ lineage: "a", serial: 3, resources });

describe("readStateFile", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-state-file-"));
  const path = join(folder, "state.tfstate");
  afterAll(() => rmSync(folder, { recursive: true }));

  it("finds nothing where there is no file, or the empty one that a lock leaves", () => {
    expect(readStateFile(path)).toBeUndefined();
    writeFileSync(path, "");
    expect(readStateFile(path)).toBeUndefined();
  });

  it.each(["{", "null", "[]", "{}", '{"lineage":"a"}'])("fails when it is %s", (text) => {
    writeFileSync(path, text);
    expect(() => readStateFile(path)).toThrow(`${path} is no Terraform state. Nothing was changed.`);
  });

  it("reads a state without resources", () => {
    writeFileSync(path, '{"version":4,"lineage":"a","serial":1}');
    expect(readStateFile(path)).toEqual({ lineage: "a", serial: 1, resources: [] });
  });
});

describe("continues", () => {
  const key = resource("aws_kms_key", "key-1");
  const bucket = resource("aws_s3_bucket", "states");

  it("sees a state with more resources and other settings as a later one", () => {
    const later = state(resource("aws_kms_key", "key-1", { tags: { Owner: "x" } }), bucket, resource("aws_kms_alias", "alias/states"));
    expect(continues({ ...later, lineage: "b" }, state(bucket, key))).toBe(true);
  });

  it("fails when a resource is missing", () => {
    expect(continues(state(key), state(key, bucket))).toBe(false);
  });

  it("fails when the key is another one, though all names are the same", () => {
    expect(continues(state(resource("aws_kms_key", "key-2"), bucket), state(key, bucket))).toBe(false);
  });
});

describe("taintedIn", () => {
  it("lists the addresses of tainted resources", () => {
    const tainted = { ...resource("aws_kms_key", "key-1"), instances: [{ status: "tainted" }] };
    expect(taintedIn(state(resource("aws_s3_bucket", "states"), tainted))).toEqual(["aws_kms_key.One"]);
  });
});

describe("describeStateContent", () => {
  it("counts what is managed and names the keys, by which states are told apart", () => {
    const data = { ...resource("aws_caller_identity", "1"), mode: "data" };
    expect(describeStateContent(state(resource("aws_kms_key", "key-1"), data))).toBe("lineage a, serial 3, 1 resource, key key-1");
  });
});

describe("parseState", () => {
  it("fails when the bucket holds something else, and says where and what to do", () => {
    const parse = () => parseState("<html>", "s3://states/dev/state.tfstate", "Do that.");
    expect(parse).toThrow("s3://states/dev/state.tfstate is no Terraform state. Nothing was changed. Do that.");
  });
});
