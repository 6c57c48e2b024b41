import type { Acknowledgement } from '../../model/acknowledgement.ts';
import type { AcknowledgementPart } from '../json/verdict.ts';
import { optionalTime, rfc3339 } from './figures.ts';

export function acknowledgementPart({ note, by, acknowledgedAt, until }: Acknowledgement): AcknowledgementPart {
	return { note, by, at: rfc3339(acknowledgedAt), until: optionalTime(until) };
}
