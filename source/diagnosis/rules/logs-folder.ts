import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { lastLines } from '../services.ts';

const folder = '/opt/airflow/logs';
/** Airflow's messages when it cannot create log files (logging.config, airflow/utils/log/file_processor_handler.py). */
export const logsNotWritable =
	/Unable to configure handler '(processor|task)'|Permission denied: '\/opt\/airflow\/logs/;

/** The Airflow user cannot write to the log folder. */
export const logsFolder: Rule = {
	name: 'logs folder',
	find: facts => {
		const check = facts.check('logs folder');
		const says = facts.services
			.filter(({ role }) => role !== null && role !== 'mlflow')
			.map(service => ({ service, line: lineOf(facts, service) }))
			.find(({ line }) => line !== undefined);
		if (check?.isWritable === true && !says) return [];
		if (check?.isWritable !== false && !says) return [];
		const service = says?.service ?? facts.of('scheduler');
		return service ? [finding(facts, service, says?.line ?? check?.words ?? '')] : [];
	},
};

/** Its current message about it; none if the container has become healthy since. */
function lineOf(facts: DiagnosisFacts, service: Service): string | undefined {
	const { container } = service.it;
	const sign = facts.signs('logs not writable').find(one => one.container === service.container);
	if (container.state === 'running' && container.health === 'healthy') return sign?.line;
	return lastLines(facts, service).findLast(line => logsNotWritable.test(line)) ?? sign?.line;
}

function finding(facts: DiagnosisFacts, service: Service, line: string): Draft {
	const setup = facts.check('setup', service.it.container.id)?.setup;
	const user = setup?.user || '50000:0';
	return {
		subject: folder,
		severity: 'critical',
		since: service.it.ends.at(0)?.at ?? null,
		title: say('logs folder.title'),
		evidence: [evidence(say('evidence.lines', { service: service.name }), [line])],
		cause: say('logs folder.cause', { folder, user }),
		reason: say('logs folder.reason', { service: service.name, line }),
		impact: [say('logs folder.impact')],
		fixes: [
			fix(say('logs folder.fix'), {
				kind: 'run once',
				service: service.service,
				user: '0',
				argv: ['chown', '-R', user, folder],
			}),
			fix(say('logs folder.restart', { service: service.name }), {
				kind: 'container',
				verb: 'restart',
				container: service.container,
			}),
		],
		breaks: ['logs folder'],
		dependsOn: ['engine', 'disk'],
	};
}
