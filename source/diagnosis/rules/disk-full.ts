import type { DiskPlace } from '../../model/check.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, findingId, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { thresholds } from '../thresholds.ts';

const name = 'disk full';
const fixes = [
	look(say('fix.disk use'), 'disk', ''),
	fix(say('disk.prune'), { kind: 'type', command: 'docker system prune' }),
	fix(say('disk.logs'), {
		kind: 'type',
		command: "find logs/airflow -name 'attempt=*.log' -mtime +30 -delete",
	}),
];

/** A disk that the stack writes to has little free space. */
export const diskFull: Rule = {
	name,
	isSeenAtOnce: true,
	find: facts => (facts.check('disk')?.places ?? []).flatMap(place => finding(facts, place)),
};

function finding(facts: DiagnosisFacts, place: DiskPlace): Draft[] {
	const { path, freeBytes: free, totalBytes: total } = place;
	if (total === 0) return [];
	const share = free / total;
	const edge = facts.was(findingId(name, path)) ? 1 : 0;
	const isCritical =
		share < thresholds.diskCriticalShare[edge] || free < Math.min(thresholds.diskCriticalBytes, total * 0.05);
	const isLow = share < thresholds.diskWarnShare[edge] && free < thresholds.diskPlentyBytes;
	if (!isCritical && !isLow) return [];
	return [
		{
			subject: path,
			severity: isCritical ? 'critical' : 'warning',
			since: null,
			title: free === 0 ? say('disk.full.title', { path }) : say('disk.title', { path }),
			evidence: [evidence(say('disk.evidence', { free, total, share }))],
			cause: say('disk.cause'),
			reason: say('disk.reason'),
			impact: [say('impact.data')],
			fixes,
			breaks: isCritical ? ['disk'] : [],
		},
	];
}

/** A disk with free space on which no file can be created. */
export const inodesExhausted: Rule = {
	name: 'inodes exhausted',
	find: facts =>
		(facts.check('disk')?.places ?? []).flatMap(({ path, freeInodes: free, totalInodes: total }) => {
			const edge = facts.was(findingId('inodes exhausted', path)) ? 1 : 0;
			if (total === 0 || free / total >= thresholds.inodeShare[edge]) return [];
			return [
				{
					subject: path,
					severity: free === 0 ? ('critical' as const) : ('warning' as const),
					since: null,
					title: say('inodes.title', { path }),
					evidence: [evidence(say('inodes.evidence', { free, total }))],
					cause: say('inodes.cause'),
					reason: say('inodes.reason'),
					impact: [say('impact.data')],
					fixes: [...fixes].reverse(),
					breaks: free === 0 ? (['disk'] as const) : [],
				},
			];
		}),
};

/** A disk that will be full soon at the current rate. */
export const diskFilling: Rule = {
	name: 'disk filling',
	isSeenAtOnce: true,
	find: facts =>
		(facts.check('disk')?.places ?? []).flatMap(place => {
			const { path, freeBytes: free, growthBytesPerHour: growth } = place;
			if (growth === null || growth < thresholds.diskGrowthBytes || finding(facts, place).length > 0) return [];
			const left = (free / growth) * 3_600_000;
			if (left > thresholds.diskFullWithinMs) return [];
			return [
				{
					subject: path,
					severity: 'warning' as const,
					since: null,
					title: say('growth.title', { path }),
					evidence: [evidence(say('growth.evidence', { growth, free, left }))],
					cause: say('growth.cause'),
					reason: say('growth.reason'),
					impact: [say('impact.data')],
					fixes,
				},
			];
		}),
};
