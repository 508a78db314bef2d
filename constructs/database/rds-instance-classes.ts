import type { DataSize } from "../../environments/data-fields";
import type { AwsEnvironment } from "../../environments/environment";
import { ConfigurationError } from "../shared/errors";
import type { DatabaseIntent } from "./database";

/** A class of RDS. */
export interface RdsInstanceClass {
  readonly name: string;
  readonly memoryGib: number;
  /** Whether it lives on credits: it slows down when they are used up. */
  readonly burstable: boolean;
}

/** Multiples of `large`. */
const sizes = { large: 1, xlarge: 2, "2xlarge": 4, "4xlarge": 8, "8xlarge": 16, "12xlarge": 24, "16xlarge": 32 } as const;

/** Memory of burstable classes, in GiB. */
const burstableSizes = { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16, "2xlarge": 32 } as const;

/** Families by the memory of their `large`, in GiB. */
const families = { m6g: 8, m7g: 8, m8g: 8, m6i: 8, m7i: 8, r6g: 16, r7g: 16, r8g: 16, r6i: 16, r7i: 16 } as const;

/**
 * Classes that RDS has for every version of PostgreSQL that can be chosen (RDS user guide, "Supported DB engines for DB instance
 * classes"). Not every region has all of them. Left out: older families, which 18 does not have, and those for special purposes.
 */
export const rdsInstanceClasses: Readonly<Record<string, RdsInstanceClass>> = Object.fromEntries([
  ...["t3", "t4g"].flatMap((family) => Object.entries(burstableSizes).map(([size, memoryGib]) => classOf(family, size, memoryGib, true))),
  ...Object.entries(families).flatMap(([family, gib]) =>
    Object.entries(sizes).map(([size, times]) => classOf(family, size, gib * times, false)),
  ),
]);

function classOf(family: string, size: string, memoryGib: number, burstable: boolean): readonly [string, RdsInstanceClass] {
  const name = `db.${family}.${size}`;
  return [name, { name, memoryGib, burstable }];
}

/** The class of each size: Graviton, which costs the least for what it does. */
export const rdsClassOfSize: Readonly<Record<DataSize, string>> = {
  small: "db.t4g.small",
  medium: "db.m7g.large",
  large: "db.r7g.xlarge",
};

/**
 * Connections that RDS itself would allow a class: one for each 9,531,392 bytes, at most 5,000 (RDS user guide, "Maximum number of
 * database connections"). More than that runs out of memory.
 */
export function mostConnections({ memoryGib }: RdsInstanceClass): number {
  return Math.min(Math.floor((memoryGib * 1024 ** 3) / 9_531_392), 5000);
}

/**
 * The class that an environment's database gets.
 * @throws ConfigurationError when it is none of {@link rdsInstanceClasses}
 */
export function instanceClassOf(environment: AwsEnvironment, { size }: DatabaseIntent): RdsInstanceClass {
  const chosen = environment.rds.instanceClass ?? rdsClassOfSize[size];
  const found = rdsInstanceClasses[chosen];
  if (found) return found;
  throw new ConfigurationError([
    {
      path: `${environment.name}.rds`,
      field: "instanceClass",
      value: chosen,
      limit: "a class that RDS has for PostgreSQL",
      fix: "choose another, or leave it out: the database's size has one",
    },
  ]);
}
