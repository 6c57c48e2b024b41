import type { Container } from '../model/container.ts';
import { counted, listed } from './airflow.ts';
import type { Outcome, Tools } from './plan.ts';

/** Looks at health once a second, so often at the most: five minutes. */
const healthLooks = 300;

/** Waits until the services are healthy, or run where they have no health check; says who is still missing. */
export async function waitForHealth(tools: Tools, services: readonly string[]): Promise<Outcome> {
	const { docker, compose } = tools.clients;
	let said = '';
	let waiting: string[] = [];
	for (let look = 0; look < healthLooks && !tools.signal.aborted; look++) {
		if (look > 0) await tools.clock.sleep(1000, tools.signal);
		const project = compose.project().name;
		const own = (await docker.containers(tools.signal)).filter(
			container =>
				(project === null || container.project === project) &&
				!container.isOneOff &&
				services.includes(container.service ?? ''),
		);
		const ended = own.filter(container => container.state === 'exited' || container.state === 'dead');
		for (const container of ended) {
			const { exitCode, error } = await docker.inspect(container.id, tools.signal);
			// One that was to do something once and has done it is well.
			if (exitCode === 0 && error === '') continue;
			return {
				outcome: 'failed',
				message: `${container.name} has exited (${exitCode})${error ? `: ${error}` : ''}: see its log`,
				failure: 'refused',
			};
		}
		const well = own.filter(
			one => ended.includes(one) || (one.state === 'running' && (one.health === 'healthy' || one.health === 'none')),
		);
		const absent = services.filter(service => !own.some(container => container.service === service));
		waiting = [...own.filter(one => !well.includes(one)).map(one => `${one.name} (${inWords(one)})`), ...absent];
		if (waiting.length === 0)
			return { outcome: 'done', message: `${counted(services.length, 'service')} up and healthy` };
		const now = `${well.length} of ${own.length + absent.length} healthy; waiting for ${listed(waiting)}`;
		if (now !== said) tools.progress(now);
		said = now;
	}
	return { outcome: 'failed', message: `not healthy after five minutes: ${listed(waiting)}`, failure: 'refused' };
}

function inWords({ state, health }: Container): string {
	return health === 'none' ? state : health;
}
