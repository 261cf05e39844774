/** What a budget file may say. Everything in it is a limit; what is misspelt is refused, not passed over. */
import * as z from 'zod';

const TIME_UNITS = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const;
const BYTE_UNITS = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
} as const;

/** A number with one of these units, as the value in the smallest. */
const quantity = (units: Readonly<Record<string, number>>, example: string) =>
  z.unknown().transform((value, context): number => {
    const match = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*$/.exec(
      typeof value === 'string' ? value : '',
    );
    const unit = units[match?.[2] ?? ''];
    const amount = Number(match?.[1]) * (unit ?? Number.NaN);
    if (amount > 0) return amount;
    context.addIssue(`must be an amount with its unit, such as ${example}`);
    return z.NEVER;
  });

const Percent = z.unknown().transform((value, context): number => {
  const match = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(typeof value === 'string' ? value : '');
  if (match) return Number(match[1]) / 100;
  context.addIssue('must be a percentage, such as 10%');
  return z.NEVER;
});

const limits = {
  time: quantity(TIME_UNITS, '"30 s" or "2 min"').optional(),
  memory: quantity(BYTE_UNITS, '"500 MB" or "2 GiB"').optional(),
};

const CellLimit = z
  .strictObject({
    label: z.string().min(1).optional(),
    id: z.string().min(1).optional(),
    index: z.number().int().nonnegative().optional(),
    ...limits,
  })
  .refine(cell => [cell.label, cell.id, cell.index].filter(key => key !== undefined).length === 1, {
    error: 'names its cell by one of label, id, index',
  })
  .refine(cell => cell.time !== undefined || cell.memory !== undefined, {
    error: 'sets no limit: give it time or memory',
  });
export type CellLimit = z.infer<typeof CellLimit>;

export const BudgetSchema = z
  .strictObject({
    notebook: z.strictObject(limits).optional(),
    cells: z.array(CellLimit).optional(),
    /** A profile, or a kept run of the notebook. */
    baseline: z.string().min(1).optional(),
    maxRegression: z
      .union([
        Percent.transform(part => ({ time: part, memory: part })),
        z.strictObject({ time: Percent.optional(), memory: Percent.optional() }),
      ])
      .optional(),
  })
  .refine(budget => (budget.baseline === undefined) === (budget.maxRegression === undefined), {
    error: 'baseline and maxRegression go together',
  })
  .refine(({ notebook, cells, maxRegression }) => notebook ?? cells?.length ?? maxRegression, {
    error: 'sets no limit: give it notebook, cells, or baseline with maxRegression',
  });
export type Budget = z.infer<typeof BudgetSchema>;
