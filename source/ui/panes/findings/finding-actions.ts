import { parseTaskName } from '../../../model/airflow/task-name.ts';
import type { Finding, FixAction } from '../../../model/finding.ts';
import { isChanging } from '../../../model/finding.ts';
import { findingText } from '../../../presentation/finding-text.ts';
import { followersOf } from '../../../selectors/findings/findings.ts';
import { commandOfFix } from '../../../selectors/printed-commands/fix-command.ts';
import { render } from '../../../words/message.ts';
import type { Action, StepContext } from '../../actions/action.ts';
import { cannot, later, planned } from '../../actions/step.ts';
import type { Choice, Effect, ViewState } from '../../conversation.ts';
import { readLog } from '../logs/log-places.ts';
import { withService } from '../services/service-list.ts';
import { acknowledgeMenu } from './acknowledge-menu.ts';
import { deepCheck } from './check-page.ts';
import { noFinding, selectedFinding } from './finding-rows.ts';

function chooseFix(context: StepContext): Effect {
	const { state, view, language, readOnly, say } = context;
	const finding = selectedFinding(state.findings, view);
	if (!finding)
		return cannot(say(noFinding(state.findings, ['No findings: nothing to fix', '문제가 없어 조치할 것이 없습니다'])));
	const choices = finding.fixes.map(({ message, action }, index): Choice => {
		const isRefused = readOnly && isChanging(action);
		return {
			id: String(index),
			// Keys are single digits.
			...(index < 9 ? { key: String(index + 1) } : {}),
			label: render(message, language),
			hint: commandOfFix(action, { state }) ?? '',
			...(isRefused ? { refused: say(['laketop runs read-only', 'laketop이 읽기 전용으로 실행 중입니다']) } : {}),
		};
	});
	if (choices.length === 0)
		return cannot(say(['No fix is known for this finding', '이 문제에는 알려진 조치가 없습니다']));
	return {
		kind: 'choose',
		question: {
			title: render(finding.title, language),
			filters: false,
			choices,
			next: id => {
				const action = finding.fixes[Number(id)]?.action;
				return action ? fixStep(context, finding, action) : { kind: 'nothing' };
			},
		},
	};
}

function fixStep(context: StepContext, finding: Finding, action: FixAction): Effect {
	const { clients, state, now, signal, ownProject, airflowLogin } = context;
	if (isChanging(action)) {
		const facts = { state, now };
		// The plans of all kinds of fixes: loaded when one is chosen, because the first screen shows none.
		return later(
			import('../../../operations/fixes/fix.ts')
				.then(({ planOfFix }) => planOfFix(action, { clients, facts, signal, project: ownProject, airflowLogin }))
				.then(planned),
		);
	}
	switch (action.kind) {
		case 'type':
			return { kind: 'copy', text: action.command, what: ['command', '명령'] };
		case 'check':
			return deepCheck(context);
		case 'look':
			return lookAt(context, action);
		case 'advice':
			return openedPage(context, finding);
	}
}

/** Advice without an action is shown in full. */
function openedPage({ state, now, language }: StepContext, finding: Finding): Effect {
	const lines = findingText({ finding, followers: followersOf(state.findings, finding), state, now, language });
	return {
		kind: 'page',
		page: {
			title: render(finding.title, language),
			lines: lines.map(line => ({ text: line.map(({ text }) => text).join('') })),
		},
	};
}

function lookAt(context: StepContext, action: Extract<FixAction, { kind: 'look' }>): Effect {
	const { state } = context;
	const { at, subject, dagId, dagRunId } = action;
	const to = (change: (view: ViewState) => ViewState): Effect => ({
		kind: 'view',
		change: view => change({ ...view, zoomed: false, browse: null }),
	});
	const service = Object.values(state.containers).find(({ container }) => container.name === subject);
	const ofRun = (view: ViewState): ViewState => ({
		...view,
		dagId: dagId ?? view.dagId,
		dagRunId,
		focus: 'pipeline',
	});
	switch (at) {
		case 'service':
			return to(view => withService(view, subject));
		case 'log':
			return to(view => readLog(view, { kind: 'container', name: subject }));
		case 'task log':
			return to(view => {
				if (dagId === null || dagRunId === null) return view;
				const { taskId, mapIndex } = parseTaskName(subject);
				const request = { dagId, dagRunId, taskId, mapIndex: mapIndex ?? -1, tryNumber: null, follow: 'task' as const };
				return readLog({ ...ofRun(view), taskId, instance: subject }, { kind: 'task', request });
			});
		case 'run':
			return to(ofRun);
		case 'question':
			return to(view => ({ ...ofRun(view), taskId: parseTaskName(subject).taskId, instance: subject }));
		case 'inspect':
			return service
				? later(import('../../thread/container-page.ts').then(({ containerPage }) => containerPage(context, service)))
				: cannot(
						context.say(['Container {subject} no longer exists', '{subject} 컨테이너가 더 이상 없습니다'], { subject }),
					);
		case 'source':
			return later(
				import('../../actions/source-page.ts').then(({ sourcePage }) =>
					sourcePage({ ...context, view: { ...context.view, browse: null, dagId: dagId ?? context.view.dagId } }),
				),
			);
		case 'disk':
			return later(import('../../actions/disk-page.ts').then(({ diskPage }) => diskPage(context)));
	}
}

export const findingActions: readonly Action[] = [
	{
		id: 'fix',
		// In read-only mode, fixes that change nothing are chosen with Enter in the open finding.
		kind: 'change',
		asksFirst: true,
		verb: 'fix',
		keys: ['F'],
		label: ['fix', '조치'],
		help: [
			'Choose a fix for the finding; a fix that changes something shows its command and asks first',
			'문제의 조치 선택, 변경하는 조치는 명령을 보여 주고 실행 전에 물음',
		],
		group: 'change',
		places: ['findings'],
		inKeyBar: true,
		begin: chooseFix,
	},
	{
		id: 'acknowledge',
		kind: 'look',
		verb: 'acknowledge',
		keys: ['M'],
		label: ['ack', '확인 처리'],
		help: [
			'Acknowledge the finding, with a note: it stays listed, but is not counted or notified',
			'메모와 함께 문제 확인 처리: 목록에는 남고 집계와 알림에서 제외',
		],
		group: 'look',
		places: ['findings'],
		inKeyBar: true,
		begin: acknowledgeMenu,
	},
	{
		id: 'deep-check',
		kind: 'look',
		verb: 'restart',
		keys: ['r'],
		label: ['check all', '전체 점검'],
		help: [
			'Run all checks now: web pages, database, broker, Celery ping, connection from worker to MLflow, DAG files',
			'모든 점검 실행: 웹 페이지, 데이터베이스, 브로커, Celery ping, 워커에서 MLflow로의 연결, DAG 파일',
		],
		group: 'look',
		places: ['findings'],
		inKeyBar: true,
		begin: deepCheck,
	},
	{
		id: 'open-finding',
		kind: 'look',
		verb: 'open',
		keys: ['enter'],
		label: ['open', '열기'],
		help: [
			'Open the finding: evidence, cause, impact, fixes; it clears by itself once the fault is gone',
			'문제 열기: 근거, 원인, 영향, 조치. 장애가 해결되면 자동으로 사라짐',
		],
		group: 'look',
		places: ['findings'],
		zoomed: false,
		inKeyBar: true,
		begin: () => ({ kind: 'view', change: view => ({ ...view, zoomed: true, findingScroll: 0 }) }),
	},
	{
		id: 'choose-fix',
		kind: 'look',
		verb: 'open',
		keys: ['enter'],
		label: ['fix', '조치'],
		help: ['Choose a fix of the opened finding', '열린 문제의 조치 선택'],
		group: 'look',
		places: ['findings'],
		zoomed: true,
		begin: chooseFix,
	},
];
