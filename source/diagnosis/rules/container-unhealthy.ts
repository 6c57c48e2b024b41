import { isBrokerIll, isDatabaseIll, isHeartbeatOld, isPageAway } from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { hurtsOf, lastLinesEvidence, needsOf, readLog, restart, takesOf } from '../services.ts';
import { loops } from './restart-loop.ts';

/** A running container whose health check fails. */
export const containerUnhealthy: Rule = {
	name: 'container unhealthy',
	find: facts =>
		facts.services.flatMap(service => {
			const { state, health } = service.it.container;
			if (state !== 'running' || health !== 'unhealthy') return [];
			return loops(facts, service) || isToldOtherwise(facts, service) ? [] : [finding(facts, service)];
		}),
};

/** Pages and heartbeats are looked at besides, and say more than a probe. */
function isToldOtherwise(facts: DiagnosisFacts, { role }: Service): boolean {
	if (role === 'webserver') return isPageAway(facts, 'airflow');
	if (role === 'mlflow') return isPageAway(facts, 'mlflow');
	if (role === 'database') return isDatabaseIll(facts);
	if (role === 'broker') return isBrokerIll(facts);
	return role === 'scheduler' && isHeartbeatOld(facts);
}

function finding(facts: DiagnosisFacts, service: Service): Draft {
	const { detail, since } = service.it;
	const last = detail?.probes.findLast(probe => probe.exitCode !== 0);
	const output = last?.output.trim() ?? '';
	return {
		subject: service.container,
		severity: 'bad',
		since,
		title: say('unhealthy.title', { service: service.name }),
		evidence: [
			evidence(
				say('unhealthy.evidence', {
					streak: Math.max(1, detail?.failingStreak ?? 1),
					code: last?.exitCode ?? '?',
				}),
				output.split('\n').filter(Boolean).slice(-6),
			),
			...(output === '' ? [evidence(say('unhealthy.silent'))] : []),
			...lastLinesEvidence(facts, service),
		],
		cause: causeOf(service, output),
		reason: say('unhealthy.reason'),
		hurts: hurtsOf(service),
		remedies: [restart(service), readLog(service), look(say('remedy.inspect'), 'inspect', service.container)],
		takes: takesOf(service),
		needs: needsOf(service),
	};
}

function causeOf({ role }: Service, output: string) {
	// moby, daemon/health.go: `Health check exceeded timeout (5s)`.
	if (/exceeded timeout|timed out|timeout/i.test(output)) return say('unhealthy.hangs.cause');
	if (role === 'worker' && output === '') return say('unhealthy.worker.cause');
	if (output === '') return say('unhealthy.hangs.cause');
	return say('unhealthy.cause', { output: output.split('\n').at(-1) ?? output });
}
