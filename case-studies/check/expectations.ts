/**
 * What must be found in a study's slow notebook and be gone in the improved one, and which shares are compared with the
 * notebook's own clock. Kept as data in `case-studies/expectations`, a file for each study.
 */
import * as z from 'zod';

/** A line, found by what stands in it: numbers change with every edit. */
const PlaceSchema = z.strictObject({
  /** A cell's id, or a file's path from the study's folder. */
  in: z.string().min(1),
  /** Text of exactly one line. */
  marker: z.string().min(1),
});
export type Place = z.infer<typeof PlaceSchema>;

const FindingExpectationSchema = z.strictObject({
  /** In the study's words. */
  says: z.string().min(1),
  /** Any of these rules may say it. */
  rules: z.array(z.string()).min(1),
  /** The finding must point at one of these lines; without, at no line in particular. */
  at: z.array(PlaceSchema).min(1).optional(),
  /** What the finding must name: a container, a table. */
  names: z.string().min(1).optional(),
});
export type FindingExpectation = z.infer<typeof FindingExpectationSchema>;

const MeasuredSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('lines'),
    places: z.array(PlaceSchema).min(1),
    /** `self`: with the libraries that they call. `total`: with the user's own functions too. */
    time: z.enum(['self', 'total']).default('self'),
  }),
  z.strictObject({ kind: z.literal('cell'), cell: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('requests'),
    route: z.string().min(1),
    cell: z.string().min(1),
  }),
  z.strictObject({ kind: z.literal('queries') }),
]);
export type Measured = z.infer<typeof MeasuredSchema>;

const ShareExpectationSchema = z.strictObject({
  /** The name that the notebook times it under. */
  part: z.string().min(1),
  measured: MeasuredSchema,
});
export type ShareExpectation = z.infer<typeof ShareExpectationSchema>;

export const StudySchema = z.strictObject({
  title: z.string().min(1),
  findings: z.array(FindingExpectationSchema).min(1),
  /** Rules that must say nothing of the improved notebook, those of `findings` apart. */
  alsoGone: z.array(z.string()).default([]),
  shares: z.array(ShareExpectationSchema).min(1),
});
export type Study = z.infer<typeof StudySchema>;

/** What `stopwatch.py` writes. */
export const TimingsSchema = z.object({
  totalSeconds: z.number().positive(),
  parts: z.record(z.string(), z.number().nonnegative()),
});
export type Timings = z.infer<typeof TimingsSchema>;
