import type { DiskPlace } from '../../model/check.ts';
import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, findingId, fix, look, type Rule } from '../finding.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'impact.data': [
		'Data that is being written may be lost when the disk is full',
		'디스크가 가득 차면 기록 중인 데이터가 손실될 수 있습니다',
	],
	'fix.disk use': ['See what uses the disk space', '무엇이 공간을 차지하는지 확인하세요'],
	'disk.title': ['The disk of {path} is nearly full', '{path}이(가) 있는 디스크가 거의 가득 찼습니다'],
	'disk.full.title': ['The disk of {path} is full', '{path}이(가) 있는 디스크가 가득 찼습니다'],
	'disk.evidence': [
		'{free:bytes} of {total:bytes} free ({share:percent})',
		'{total:bytes} 중 {free:bytes} 남음({share:percent})',
	],
	'disk.cause': [
		'Logs, images and volumes use nearly all of its space',
		'로그, 이미지, 볼륨 등이 공간을 거의 모두 차지하고 있습니다',
	],
	'disk.reason': ['Reported by the file system', '파일 시스템에서 확인한 값입니다'],
	'disk.prune': ['Remove stopped containers and unused images', '중지된 컨테이너와 사용하지 않는 이미지를 삭제하세요'],
	'disk.logs': ['Delete task logs older than 30 days', '30일이 지난 작업 로그를 삭제하세요'],
	'inodes.title': [
		'The disk of {path} is nearly out of inodes',
		'{path}이(가) 있는 디스크의 inode가 거의 소진되었습니다',
	],
	'inodes.evidence': ['{free} of {total} inodes free', '전체 inode {total}개 중 {free}개 남음'],
	'inodes.cause': [
		'Too many small files, usually old task logs',
		'작은 파일이 너무 많습니다. 대부분 오래된 작업 로그입니다',
	],
	'inodes.reason': [
		'The disk has free space, but a file cannot be created without an inode',
		'디스크에 여유 공간이 있어도 inode가 없으면 파일을 만들 수 없습니다',
	],
	'growth.title': ['The disk of {path} is filling up fast', '{path}이(가) 있는 디스크가 빠르게 채워지고 있습니다'],
	'growth.evidence': [
		'{growth:bytes} per hour; {free:bytes} free, full in about {left:duration}',
		'시간당 {growth:bytes} 증가, 남은 공간 {free:bytes}(약 {left:duration} 후 가득 참)',
	],
	'growth.cause': [
		'Something writes a lot, usually a log, a volume or repeated image builds',
		'로그, 볼륨, 반복되는 이미지 빌드 등이 많은 양을 기록하고 있습니다',
	],
	'growth.reason': ['Free space was measured over the last 30 minutes', '최근 30분 동안 남은 공간을 측정한 결과입니다'],
} as const;
const say = sayer(texts);

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
	texts,
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
	texts,
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
	texts,
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
