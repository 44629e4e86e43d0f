import { proofRecordName, proofRecordValue } from './domain-names.ts';

/** Reads the TXT records of a name, each in the pieces it was sent in. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

/** `unknown`: DNS did not answer, which says nothing about the record. */
export type Proof = 'present' | 'absent' | 'unknown';

/** Answers of DNS itself, as against the lack of one. */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Whether the tenant rules over the domain: only who does can enter the tenant's own value.
 * The CNAME proves nothing, for it leads here for every tenant, and stays behind when a domain is let go of.
 */
export async function findProof(
  resolveTxt: ResolveTxt,
  { domain, proof }: { domain: string; proof: string },
): Promise<Proof> {
  try {
    const records = await resolveTxt(proofRecordName(domain));
    return records.some((pieces) => pieces.join('').trim() === proofRecordValue(proof)) ? 'present' : 'absent';
  } catch (error) {
    return ABSENT.has((error as NodeJS.ErrnoException).code ?? '') ? 'absent' : 'unknown';
  }
}
