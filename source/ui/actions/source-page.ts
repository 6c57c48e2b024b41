import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import type { Dag, DagRun } from '../../model/airflow/pipeline.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { refusalKind } from '../../operations/plan/run-plan.ts';
import { refusalOfName } from '../../operations/plan/unresolved.ts';
import { momentToSecond } from '../../presentation/format.ts';
import { unknownDag } from '../../selectors/names/dags.ts';
import type { Effect, Page, PageLine } from '../conversation.ts';
import { placeOf } from '../place.ts';
import type { StepContext } from './action.ts';
import { asked, noAirflowAddress } from './pages.ts';
import { cannot, later } from './step.ts';
import { targetDag, targetDagId, targetRun } from './targets.ts';

/**
 * The source of the DAG's file. If the shown run of an Airflow 3 ran with an older version than the newest, it asks
 * which of them to show.
 */
export function sourcePage(context: StepContext): Effect {
	const { clients, signal, say } = context;
	const dag = targetDag(context);
	const { airflow } = clients;
	if (!airflow) return cannot(say(noAirflowAddress), 'unreachable');
	if (!dag) return cannot(refusalOfName(unknownDag(targetDagId(context), context.state.dags ?? [])).refused);
	const run = placeOf(context.view) === 'dags' ? undefined : targetRun(context);
	const ran = run?.dagId === dag.dagId ? run.versions?.at(-1) : undefined;
	if (run && ran !== undefined) return later(ofVersion(context, airflow, dag, { run, ran }));
	return asked(async () =>
		pageOf(await airflow.dagSource(dag, signal), {
			title: dag.fileLocation ?? dag.dagId,
			note: say(['as stored in Airflow; y copies it', 'Airflow에 저장된 내용, y 복사']),
		}),
	);
}

async function ofVersion(
	context: StepContext,
	airflow: AirflowClient,
	dag: Dag,
	{ run, ran }: { readonly run: DagRun; readonly ran: number },
): Promise<Effect> {
	const { signal, say, now } = context;
	try {
		const newer = await airflow.airflow3('versions', signal);
		const versions = await newer.dagVersions(dag.dagId, signal);
		const newest = versions[0]?.number ?? ran;
		const show = (number: number): Effect =>
			asked(async () => {
				const source = await newer.sourceOfVersion(dag.dagId, number, signal);
				const file = dag.fileLocation ?? dag.dagId;
				return pageOf(source, {
					title: say(['{file}, version {number}', '{file}, 버전 {number}'], { file, number }),
					note:
						number === newest
							? say(['the newest version in Airflow; y copies it', 'Airflow의 최신 버전, y 복사'])
							: say(['the newest version is {newest}; y copies this one', '최신 버전은 {newest}, y 이 버전 복사'], {
									newest,
								}),
				});
			});
		if (newest === ran) return show(ran);
		const parsedAt = (number: number) => {
			const at = versions.find(version => version.number === number)?.createdAt;
			return at ? momentToSecond(at, now) : '';
		};
		return {
			kind: 'choose',
			question: {
				title: say(['The DAG has changed since {run}: which version?', '{run} 이후 DAG가 변경됨: 어느 버전?'], {
					run: run.dagRunId,
				}),
				filters: false,
				selected: String(ran),
				choices: [
					{
						id: String(ran),
						key: 'r',
						label: say(['version {ran}: the DAG run ran with it', '버전 {ran}: 이 DAG 실행에 쓰인 버전'], { ran }),
						hint: parsedAt(ran),
					},
					{
						id: String(newest),
						key: 'n',
						label: say(['version {newest}: the newest', '버전 {newest}: 최신'], { newest }),
						hint: parsedAt(newest),
					},
				],
				next: id => show(Number(id)),
			},
		};
	} catch (error) {
		const failure = failureOf(error);
		return cannot(failure.message, refusalKind(failure.kind));
	}
}

function pageOf(source: string, { title, note }: Pick<Page, 'title' | 'note'>): Page {
	const lines = source.replace(/\n$/, '').split('\n');
	const digits = String(lines.length).length;
	return {
		title,
		copies: source,
		copiesWhat: ['source', '소스'],
		note,
		lines: lines.map((text, index): PageLine => ({ text: `${String(index + 1).padStart(digits)} ${text}` })),
	};
}
