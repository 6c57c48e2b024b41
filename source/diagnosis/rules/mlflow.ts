import { checkKey } from '../../model/check.ts';
import { type MlflowRun, metricNumber } from '../../model/mlflow/experiment.ts';
import { metricSeries } from '../../model/mlflow/metric-series.ts';
import type { StackState } from '../../model/state.ts';
import { memoised } from '../../selectors/memo.ts';
import { sayer } from '../../words/message.ts';
import { isMlflowLocked, isPageUnreachable, isSteady } from '../airflow-facts.ts';
import { isConnected } from '../connection.ts';
import { confOf, valuesBefore, workOf } from '../earlier-runs.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { lowestExpected } from '../lowest-expected.ts';
import { commonMessages } from '../messages/common.ts';
import { about, readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'mlflow api.title': ['MLflow rejects API requests', 'MLflow가 API 요청을 거부합니다'],
	'mlflow api.host.cause': [
		'It checks the Host header and does not allow this name (MLflow 3.5 and later)',
		'Host 헤더를 검사하며 이 이름을 허용하지 않습니다(MLflow 3.5 이상)',
	],
	'mlflow api.login.cause': [
		'It requires a login, and none is configured',
		'로그인이 필요하지만 인증 정보가 설정되지 않았습니다',
	],
	'mlflow api.wrong login.cause': [
		'It rejects the configured login: the user name, password or token is wrong',
		'설정된 로그인을 거부했습니다. 사용자 이름, 비밀번호 또는 토큰이 잘못되었습니다',
	],
	'mlflow api.other.cause': ['{message}', '{message}'],
	'mlflow api.reason': [
		'The health endpoint responds, but the API reports: {message}',
		'헬스 체크 엔드포인트는 응답하지만 API 응답은 다음과 같습니다: {message}',
	],
	'mlflow api.host.fix': [
		'Add this name to --allowed-hosts when you start the server',
		'서버를 시작할 때 --allowed-hosts에 이 이름을 추가하세요',
	],
	'mlflow api.login.fix': [
		'Set LAKETOP_MLFLOW_USERNAME and LAKETOP_MLFLOW_PASSWORD, or LAKETOP_MLFLOW_TOKEN',
		'LAKETOP_MLFLOW_USERNAME과 LAKETOP_MLFLOW_PASSWORD 또는 LAKETOP_MLFLOW_TOKEN을 설정하세요',
	],
	'mlflow api.impact': ['Experiments and models cannot be shown', '실험과 모델을 표시할 수 없습니다'],
	'mlflow connection.title': ['The worker cannot connect to MLflow', '워커가 MLflow에 연결하지 못합니다'],
	'mlflow connection.evidence': [
		'Request to {url} inside {service}: {answer}',
		'{service} 안에서 {url} 요청 결과: {answer}',
	],
	'mlflow connection.name.cause': [
		'The host name in MLFLOW_TRACKING_URI does not resolve on the worker network',
		'MLFLOW_TRACKING_URI의 호스트 이름을 워커의 네트워크에서 찾을 수 없습니다',
	],
	'mlflow connection.refused.cause': [
		'Nothing listens at {url}: the address or port in MLFLOW_TRACKING_URI is wrong',
		'{url}에서 응답하는 서비스가 없습니다. MLFLOW_TRACKING_URI의 주소나 포트가 틀렸습니다',
	],
	'mlflow connection.host.cause': [
		'MLflow rejects the host name that the worker uses (403, Host header)',
		'MLflow가 워커가 사용하는 호스트 이름을 거부합니다(403, Host 헤더)',
	],
	'mlflow connection.other.cause': ['The connection fails: {answer}', '연결에 실패했습니다: {answer}'],
	'mlflow connection.reason': [
		'The server responds to this host, but the same request inside the worker fails',
		'이 호스트에서는 서버가 응답하지만 워커 안에서 보낸 같은 요청은 실패합니다',
	],
	'drop.title': ['{metric} dropped', '{metric} 메트릭이 하락했습니다'],
	'drop.evidence': [
		'{value} now, median of the previous {count} MLflow runs {median}',
		'현재 {value}, 이전 MLflow 실행 {count}회의 중앙값 {median}',
	],
	'drop.cause': [
		'The newest data or model is worse than the previous ones',
		'최신 데이터 또는 모델의 품질이 이전보다 나빠졌습니다',
	],
	'drop.reason': [
		'It fell by {by}, more than the previous MLflow runs vary',
		'{by}만큼 하락했으며 이전 MLflow 실행들 사이의 편차보다 큽니다',
	],
	'drop.impact': [
		'Users of the newest model get a worse one than before',
		'최신 모델을 사용하면 이전보다 나쁜 모델을 사용하게 됩니다',
	],
	'drop.fix': ['Compare the MLflow runs', 'MLflow 실행들을 비교하세요'],
	'registration.title': [
		'Version {version} of {model} was not registered',
		'{model}의 버전 {version} 등록에 실패했습니다',
	],
	'registration.cause': [
		'MLflow could not copy the model to its store',
		'MLflow가 모델을 저장소에 복사하지 못했습니다',
	],
	'registration.reason': [
		'MLflow reports the status FAILED_REGISTRATION',
		'MLflow에 FAILED_REGISTRATION 상태로 기록되어 있습니다',
	],
	'registration.impact': ['This version cannot be used', '이 버전을 사용할 수 없습니다'],
	'artifacts.title': ['MLflow cannot write artifacts', 'MLflow가 아티팩트를 기록하지 못합니다'],
	'artifacts.cause': [
		'The artifact folder is not owned by the server user, or its disk is full',
		'아티팩트 저장소 폴더의 소유자가 서버 사용자가 아니거나 공간이 부족합니다',
	],
	'artifacts.reason': ['Logged by {service}: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'artifacts.impact': [
		'Models and plots are not saved, and tasks that log them fail',
		'모델과 그래프가 저장되지 않고 이를 기록하는 작업이 실패합니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** MLflow's health page answers, but its API rejects requests. */
export const mlflowApi: Rule = {
	name: 'mlflow api',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		const feed = facts.state.feeds.experiment;
		if (feed.status !== 'failed' || isPageUnreachable(facts, 'mlflow') || isMlflowLocked(facts)) return [];
		const { kind, message, code } = feed.failure;
		if (!['unauthorised', 'server', 'protocol', 'refused', 'busy'].includes(kind)) return [];
		if (facts.now - feed.since < thresholds.pageFailingMs) return [];
		const isHost = code === 'host-header';
		const isLogin = !isHost && kind === 'unauthorised';
		const mlflow = facts.of('mlflow');
		return [
			{
				subject: 'requests',
				severity: 'critical',
				since: feed.since,
				title: say('mlflow api.title'),
				evidence: [evidence(say('evidence.failure', { message }))],
				cause: isHost
					? say('mlflow api.host.cause')
					: isLogin
						? say(facts.state.mlflowLogin === null ? 'mlflow api.login.cause' : 'mlflow api.wrong login.cause')
						: say('mlflow api.other.cause', { message }),
				reason: say('mlflow api.reason', { message }),
				impact: [say('mlflow api.impact')],
				fixes: isHost
					? [fix(say('mlflow api.host.fix'), { kind: 'advice' })]
					: isLogin
						? [fix(say('mlflow api.login.fix'), { kind: 'advice' })]
						: kind === 'protocol'
							? [fix(say('mlflow page.url'), { kind: 'advice' })]
							: mlflow
								? [readLog(mlflow), ...(kind === 'busy' ? [] : [restart(mlflow)])]
								: [],
				dependsOn: ['engine', 'mlflow', 'disk'],
			},
		];
	},
};

/** MLflow answers this host but not the worker. */
export const mlflowConnection: Rule = {
	name: 'mlflow connection',
	texts,
	find: facts => {
		const connection = facts.check('mlflow connection');
		const worker = facts.of('worker');
		if (!connection || !worker || !isSteady(facts, worker)) return [];
		const { url, httpStatus: status, problem } = connection;
		if (isConnected(connection)) return [];
		// A server that answers nobody is another problem: a later look at its page from here tells the two apart.
		const page = facts.page('mlflow')?.check;
		const triedAt = facts.state.checks[checkKey('mlflow connection')]?.at ?? 0;
		if (!page?.ok || page.checkedAt < triedAt) return [];
		const answer = status === null ? problem : `HTTP ${status}`;
		return [
			{
				...about(worker),
				severity: 'critical',
				since: null,
				title: say('mlflow connection.title'),
				evidence: [evidence(say('mlflow connection.evidence', { service: worker.name, url, answer }))],
				cause:
					status === 403
						? say('mlflow connection.host.cause')
						: /resolve/i.test(problem)
							? say('mlflow connection.name.cause')
							: /refused|Failed to connect/i.test(problem)
								? say('mlflow connection.refused.cause', { url })
								: say('mlflow connection.other.cause', { answer }),
				reason: say('mlflow connection.reason'),
				impact: [say('impact.mlflow')],
				fixes: [
					restart(worker),
					look(say('fix.inspect'), 'inspect', worker.container),
					fix(say('fix.check'), { kind: 'check' }),
				],
				breaks: ['mlflow connection'],
				dependsOn: ['engine', 'mlflow', `network ${worker.container}`],
			},
		];
	},
};

/** Metrics of a model of which more is better. A baseline is no result. */
const scores = /^(?!.*baseline).*(accuracy|f1|auc|precision|recall|r2)/i;
const minCompared = 3;

/** A score of the newest run is clearly worse than it used to be under the same parameters. */
export const metricDropped: Rule = {
	name: 'metric dropped',
	texts,
	find: ({ state }) => drops(state.mlflowRuns ?? noRuns, state.dagRuns),
};

const noRuns: readonly MlflowRun[] = [];

/** Memoised: it is called every second, and MLflow runs change rarely. */
const drops = memoised((runs: readonly MlflowRun[], dagRuns: StackState['dagRuns']): readonly Draft[] =>
	metricSeries(runs).flatMap(({ key: metric, latest: value, isLive, loggedAt, runId, runs: ofSeries }) => {
		if (!scores.test(metric) || isLive || !Number.isFinite(value)) return [];
		const newest = ofSeries.find(run => run.runId === runId);
		if (!newest) return [];
		const conf = confOf(newest, dagRuns);
		const before = valuesBefore(ofSeries, metric, newest, run => {
			const other = confOf(run, dagRuns);
			return conf === undefined || other === undefined || other === conf;
		});
		if (before.length < minCompared) return [];
		const sorted = before.toSorted((a, b) => a - b);
		const median = sorted[Math.floor(sorted.length / 2)] ?? value;
		const by = median - value;
		if (by < thresholds.metricDrop || value >= lowestExpected(before)) return [];
		return [
			{
				subject: metric,
				severity: 'warning' as const,
				since: loggedAt,
				title: say('drop.title', { metric }),
				evidence: [
					evidence(say('drop.evidence', { value: rounded(value), median: rounded(median), count: before.length })),
				],
				cause: say('drop.cause'),
				reason: say('drop.reason', { by: rounded(by) }),
				impact: [say('drop.impact')],
				fixes: [fix(say('drop.fix'), { kind: 'advice' as const })],
				breaks: [`result ${metric}` as const],
				dependsOn: [`data ${workOf(newest)}` as const],
			},
		];
	}),
);

function rounded(value: number): number {
	return Number(metricNumber(value).toPrecision(4));
}

/** The newest version of a model could not be registered. */
export const registrationFailed: Rule = {
	name: 'registration failed',
	texts,
	find: facts => {
		const [newest] = facts.state.modelVersions ?? [];
		if (newest?.status !== 'FAILED_REGISTRATION') return [];
		const mlflow = facts.of('mlflow');
		return [
			{
				subject: `${newest.name} ${newest.version}`,
				severity: 'warning',
				since: newest.createdAt,
				title: say('registration.title', { model: newest.name, version: newest.version }),
				evidence: [],
				cause: say('registration.cause'),
				reason: say('registration.reason'),
				impact: [say('registration.impact')],
				fixes: mlflow ? [readLog(mlflow)] : [],
				dependsOn: ['mlflow', 'disk', 'artifacts'],
			},
		];
	},
};

/** The MLflow server logs that it cannot write artifacts. */
export const artifactsNotWritable: Rule = {
	name: 'artifacts not writable',
	texts,
	find: facts => {
		const [sign] = facts.signs('artifacts not writable');
		const mlflow = facts.of('mlflow');
		if (!sign || !mlflow) return [];
		return [
			{
				subject: mlflow.container,
				severity: 'critical',
				since: sign.firstAt,
				title: say('artifacts.title'),
				evidence: [evidence(say('evidence.sign', { service: mlflow.name, count: sign.count }), [sign.line])],
				cause: say('artifacts.cause'),
				reason: say('artifacts.reason', { service: mlflow.name, line: sign.line }),
				impact: [say('artifacts.impact')],
				fixes: [look(say('fix.inspect'), 'inspect', mlflow.container), readLog(mlflow)],
				breaks: ['artifacts'],
				dependsOn: ['disk', 'engine'],
			},
		];
	},
};
