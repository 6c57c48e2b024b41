import type { Container } from '../../model/engine/container.ts';
import { serviceLook } from '../../model/engine/health-symbol.ts';
import { type Message, phrase, render } from '../../words/message.ts';
import { listed } from '../airflow.ts';
import type { Outcome, Tools } from '../plan/plan.ts';

/** One look a second: five minutes at most. */
const healthLooks = 300;

/** Waits until the services are healthy, or running if they have no health check; reports what is missing. */
export async function waitForHealth(tools: Tools, services: readonly string[]): Promise<Outcome> {
	const { docker, compose } = tools.clients;
	let reported = '';
	let waiting: (string | Message)[] = [];
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
			// A container that runs once and has succeeded is OK.
			if (exitCode === 0 && error === '') continue;
			return {
				outcome: 'failed',
				message:
					error === ''
						? phrase(['{name} exited ({code}): see its log', '{name} 종료됨({code}). 로그를 확인하세요'], {
								name: container.name,
								code: exitCode,
							})
						: phrase(['{name} exited ({code}): {error}', '{name} 종료됨({code}): {error}'], {
								name: container.name,
								code: exitCode,
								error,
							}),
				failure: 'refused',
			};
		}
		const healthy = own.filter(
			one => ended.includes(one) || (one.state === 'running' && (one.health === 'healthy' || one.health === 'none')),
		);
		const absent = services.filter(service => !own.some(container => container.service === service));
		waiting = [...own.filter(one => !healthy.includes(one)).map(inWords), ...absent];
		if (waiting.length === 0)
			return {
				outcome: 'done',
				message: phrase(['{n} {n|service|services} up and healthy', '서비스 {n}개 정상 실행 중'], {
					n: services.length,
				}),
			};
		const now = phrase(['{n} of {all} healthy; waiting for {names}', '{all}개 중 {n}개 정상. 대기 중: {names}'], {
			n: healthy.length,
			all: own.length + absent.length,
			names: listed(waiting),
		});
		const key = render(now, 'en');
		if (key !== reported) tools.progress(now);
		reported = key;
	}
	const message = phrase(['not healthy after 5 minutes: {names}', '5분이 지나도 정상이 아님: {names}'], {
		names: listed(waiting),
	});
	return { outcome: 'failed', message, failure: 'refused' };
}

function inWords(container: Container): Message {
	const { word } = serviceLook({ container, detail: null, isJob: false });
	return phrase(['{name} ({state})', '{name}({state})'], { name: container.name, state: phrase(word) });
}
