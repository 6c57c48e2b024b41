import { readRegularFile } from '../../clients/regular-file.ts';
import { describe } from '../../model/failures/described-error.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { fileTrial, trialWords } from '../../operations/dags/try-file.ts';
import { type AuditEntry, readAudit } from '../../operations/plan/audit.ts';
import { type Confirmation, isRefusal } from '../../operations/plan/plan.ts';
import { refusalKind } from '../../operations/plan/run-plan.ts';
import { momentToSecond } from '../../presentation/format.ts';
import { fit, textWidth } from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';
import { asHeading, render } from '../../words/message.ts';
import type { Writer } from '../../words/write.ts';
import type { Effect, Page, PageLine } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { cannot, later } from './step.ts';
import { targetDag } from './targets.ts';

/** A page that a server provides; a failure becomes a hint. */
export function asked(ask: () => Promise<Page>): Effect {
	const answer = async (): Promise<Effect> => {
		try {
			return { kind: 'page', page: await ask() };
		} catch (error) {
			const failure = failureOf(error);
			return cannot(failure.message, refusalKind(failure.kind));
		}
	};
	return later(answer());
}

export const noAirflowAddress: Text = ['The address of Airflow is unknown', 'Airflow 주소를 알 수 없습니다'];
export const dagUnknown: Text = [
	'No data about this DAG from Airflow yet',
	'아직 Airflow에서 이 DAG의 정보를 받지 못했습니다',
];

const plain = ['{message}', '{message}'] as const;

/** The targets and the command of a plan, to read and copy. */
export function commandPage(plan: Confirmation, say: Writer): Page {
	return {
		title: say(plain, { message: asHeading(plan.title) }),
		copies: plan.command,
		copiesWhat: command,
		note: say(['nothing was changed; y copies the command', '변경하지 않음, y 명령 복사']),
		lines: [
			...plan.effects.map((ask): PageLine => ({ text: say(plain, { message: ask }) })),
			{ text: '' },
			...plan.command.split('\n').map((line): PageLine => ({ text: `$ ${line}`, tone: 'accent' })),
		],
	};
}

/** Runs the DAG file with the scheduler's Python. */
export function trialPage(context: StepContext): Effect {
	const { clients, signal, state, say } = context;
	const dag = targetDag(context);
	if (dag?.fileLocation == null) return cannot(say(dagUnknown));
	const trial = fileTrial(state, dag.fileLocation);
	if (isRefusal(trial)) return cannot(trial.refused);
	return asked(async () => {
		const end = await trial.run(clients, signal);
		return {
			title: `python ${trial.file}`,
			copies: trial.command,
			copiesWhat: command,
			note: say(['y copies the command', 'y 명령 복사']),
			fromEnd: end.exitCode !== 0,
			lines: [
				...end.lines.map((text): PageLine => ({ text })),
				...(end.lines.length > 0 ? [{ text: '' }] : []),
				{ text: render(trialWords(end), context.language), tone: end.exitCode === 0 ? 'good' : 'bad', bold: true },
			],
		};
	});
}

const command: Text = ['command', '명령'];

/** Several thousand entries from the end of the file, bytes. */
const auditBytes = 1_000_000;
const entriesShown = 500;

const eventTexts: Readonly<Record<AuditEntry['event'], Text>> = {
	started: ['started', '시작'],
	done: ['done', '완료'],
	failed: ['failed', '실패'],
	unknown: ['unknown', '불명'],
};

/** Changes made with laketop by this account, newest first; action, targets and message in the English words of the file. */
export function auditPage({ auditFile, now, isDemo, say }: StepContext): Effect {
	let text: string;
	try {
		text = readRegularFile(auditFile, { limitBytes: auditBytes, fromEnd: true });
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
			return cannot(
				isDemo
					? say(['No changes recorded yet', '아직 기록된 변경이 없습니다'])
					: say(['No changes recorded yet ({file})', '아직 기록된 변경이 없습니다 ({file})'], { file: auditFile }),
			);
		return cannot(
			say(['Cannot read {file}: {reason}', '{file}을(를) 읽을 수 없습니다: {reason}'], {
				file: auditFile,
				reason: describe(error),
			}),
		);
	}
	const entries = readAudit(text).toReversed().slice(0, entriesShown);
	return {
		kind: 'page',
		page: {
			title: auditFile,
			copies: auditFile,
			copiesWhat: ['path', '경로'],
			note: say(['y copies the path', 'y 경로 복사']),
			lines: entries.map(({ at, user, event, action, targets, message }) => {
				const time = Date.parse(at);
				const when = momentToSecond(time, now);
				return {
					text: `${when}  ${user}  ${fit(say(eventTexts[event]), 7, '')}  ${action} ${targets.join(', ')}${message ? `: ${message}` : ''}`,
					tone: event === 'failed' ? 'bad' : event === 'unknown' ? 'active' : undefined,
				} satisfies PageLine;
			}),
		},
	};
}

/** Labels and values in two columns. */
export function facts(rows: readonly (readonly [string, string, PageLine['tone']?])[]): PageLine[] {
	const width = Math.max(...rows.map(([label]) => textWidth(label)));
	return rows.map(([label, text, tone]) => ({ text: `${fit(label, width, '')}  ${text}`, tone }));
}

export const heading = (text: string): PageLine[] => [{ text: '' }, { text, tone: 'accent', bold: true }];
