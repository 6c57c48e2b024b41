import type { Action } from '../action.ts';
import { later } from '../step.ts';

/** What needs Airflow 3; with Airflow 2 each says so. Their code is loaded when it is used: the first screen shows none. */
export const airflow3Actions: readonly Action[] = [
	{
		id: 'answer',
		kind: 'change',
		asksFirst: true,
		verb: 'answer',
		keys: [';'],
		label: ['answer', '답변'],
		help: ['Airflow 3: answer what a task asks, so that it continues', 'Airflow 3: 작업의 질문에 답하여 계속 진행'],
		group: 'change',
		begin: context => later(import('../answer-form.ts').then(({ answerForm }) => answerForm(context))),
	},
	{
		id: 'backfill',
		kind: 'change',
		asksFirst: true,
		verb: 'backfill',
		keys: [],
		label: ['backfill', '백필'],
		help: [
			'Airflow 3: run the DAG for past dates, or pause, unpause or cancel that',
			'Airflow 3: 지난 날짜에 대해 DAG 실행(백필), 또는 백필 일시 중지, 해제, 취소',
		],
		group: 'change',
		begin: context => later(import('../backfill-menu.ts').then(({ backfillMenu }) => backfillMenu(context))),
	},
	{
		id: 'backfills',
		kind: 'look',
		verb: 'backfills',
		keys: [],
		label: ['backfills', '백필 목록'],
		help: ['Airflow 3: show the backfills of the DAG and their progress', 'Airflow 3: DAG의 백필과 진행 상황 보기'],
		group: 'look',
		begin: context => later(import('../backfill-menu.ts').then(({ backfillPage }) => backfillPage(context))),
	},
	{
		id: 'assets',
		kind: 'look',
		verb: 'assets',
		keys: [],
		label: ['assets', '에셋'],
		help: [
			'Airflow 3: show assets, what produces them, what they start, and their events',
			'Airflow 3: 에셋, 생성 작업, 시작되는 DAG, 이벤트 보기',
		],
		group: 'look',
		begin: context => later(import('../assets-page.ts').then(({ assetsPage }) => assetsPage(context))),
	},
	{
		id: 'materialize',
		kind: 'change',
		asksFirst: true,
		verb: 'materialize',
		keys: [],
		label: ['materialize', '에셋 생성'],
		help: ['Airflow 3: run the DAG that produces an asset', 'Airflow 3: 에셋을 생성하는 DAG 실행'],
		group: 'change',
		begin: context => later(import('../assets-page.ts').then(({ materializeMenu }) => materializeMenu(context))),
	},
];
