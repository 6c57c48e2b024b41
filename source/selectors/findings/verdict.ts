import { type Acknowledgement, acknowledgementOf } from '../../model/acknowledgement.ts';
import type { Finding } from '../../model/finding.ts';
import { type Failure, reachOf, type SourceName, sourceNames } from '../../model/source.ts';
import type { StackState } from '../../model/state.ts';
import { type Message, phrase } from '../../words/message.ts';
import { serverState } from '../servers/server-state.ts';
import { isAbsent, isGuessed } from '../servers/stack.ts';
import { rootFindings } from './findings.ts';

/** A server that the diagnosis depends on, or the checks as a whole, without an answer. */
export type NotChecked = { readonly name: SourceName | 'checks'; readonly failure: Failure };

export type AcknowledgedFinding = { readonly finding: Finding; readonly acknowledgement: Acknowledgement };

/**
 * The one verdict on the stack, used by the screen, `laketop status`, `laketop doctor` and their exit codes.
 * - unauthorised: a server rejects the credentials
 * - unreachable: a server that the diagnosis depends on did not answer
 * - degraded: every server answered, and there are findings
 * - healthy: every server answered, and there are no unacknowledged findings
 */
export type Verdict = {
	readonly state: 'healthy' | 'degraded' | 'unreachable' | 'unauthorised';
	/** The findings that count: unexplained by others, not mere notices, and not acknowledged; the worst first. */
	readonly findings: readonly Finding[];
	/** Conditions that somebody intended and should remember. */
	readonly notices: readonly Finding[];
	readonly acknowledged: readonly AcknowledgedFinding[];
	readonly notChecked: readonly NotChecked[];
};

/** @param now ms since the epoch: acknowledgements expire */
export function verdictOf(state: StackState, now: number): Verdict {
	const roots = rootFindings(state.findings);
	const acknowledged = roots.flatMap((finding): AcknowledgedFinding[] => {
		const acknowledgement = acknowledgementOf(state.acknowledgements, finding.id, now);
		return acknowledgement ? [{ finding, acknowledgement }] : [];
	});
	const open = roots.filter(finding => !acknowledged.some(one => one.finding === finding));
	const findings = open.filter(({ severity }) => severity !== 'notice');
	const notices = open.filter(({ severity }) => severity === 'notice');
	const notChecked = notCheckedOf(state);
	return { state: stateOf(findings.length, notChecked), findings, notices, acknowledged, notChecked };
}

function stateOf(findings: number, notChecked: readonly NotChecked[]): Verdict['state'] {
	if (notChecked.some(({ failure }) => reachOf(failure.kind) === 'refused')) return 'unauthorised';
	if (notChecked.length > 0) return 'unreachable';
	return findings > 0 ? 'degraded' : 'healthy';
}

const titles: Readonly<Record<SourceName, string>> = {
	docker: 'Docker Engine',
	airflow: 'Airflow',
	mlflow: 'MLflow',
};

function notCheckedOf(state: StackState): NotChecked[] {
	const sources = sourceNames.flatMap((name): NotChecked[] => {
		const failure = sourceFailure(state, name);
		return failure === null ? [] : [{ name, failure }];
	});
	// Without an engine no check is possible, and its failure is reported already.
	if (sources.some(({ name }) => name === 'docker') || state.checkedAt.light !== null) return sources;
	return [
		...sources,
		{ name: 'checks', failure: inTime(phrase(['The checks of containers and host', '컨테이너와 호스트 점검'])) },
	];
}

/** Why a server did not answer; null if it did. */
export function sourceFailure(state: StackState, name: SourceName): Failure | null {
	if (isAbsent(state, name)) return null;
	const { failure, isWaiting } = serverState(state, name);
	// A missing DAG or experiment is an answer, and a finding if it matters.
	if (failure !== null && failure.kind !== 'not-found') return failure;
	if (isGuessed(state, name)) {
		const url = state.stack?.servers[name === 'mlflow' ? 'mlflow' : 'airflow'].url ?? '';
		return {
			kind: 'unconfigured',
			message: phrase(
				[
					'The {title} address {url} is a guess and is not diagnosed',
					'{title} 주소 {url}은(는) 추정한 주소라 점검하지 않습니다',
				],
				{ title: titles[name], url },
			),
			fix: phrase(['If it is yours, pass --{name}-url', '이 스택의 주소가 맞으면 --{name}-url로 지정하세요'], { name }),
		};
	}
	return isWaiting ? inTime(titles[name]) : null;
}

function inTime(what: string | Message): Failure {
	const message = phrase(['{what}: no answer in time', '{what}: 제한 시간 안에 응답이 없습니다'], { what });
	return { kind: 'timeout', message, fix: null };
}
