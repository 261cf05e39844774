/**
 * The units of `units.ts` as schemas. Apart from them, so that code which only brands numbers does not load zod: the
 * hook starts in the way of every kernel.
 */
import * as z from 'zod';

export const MillisecondsSchema = z
  .number()
  .nonnegative()
  .brand<'Milliseconds'>()
  .meta({ id: 'Milliseconds' });

export const BytesSchema = z.number().int().nonnegative().brand<'Bytes'>().meta({ id: 'Bytes' });

export const ByteDeltaSchema = z.number().int().brand<'ByteDelta'>().meta({ id: 'ByteDelta' });

export const ShareSchema = z.number().min(0).max(1).brand<'Share'>().meta({ id: 'Share' });

export const TimestampSchema = z.iso
  .datetime({ offset: true })
  .brand<'Timestamp'>()
  .meta({ id: 'Timestamp' });
