import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { lastLines } from '../services.ts';

const texts = {
	'logs folder.title': ['Airflow cannot write its logs', 'Airflow가 로그를 기록하지 못합니다'],
	'logs folder.cause': [
		'{folder} is not owned by the Airflow user ({user})',
		'{folder} 폴더가 Airflow 사용자({user})의 소유가 아닙니다',
	],
	'logs folder.reason': ['Logged by {service}: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'logs folder.impact': [
		'Scheduler, webserver and worker do not start, or tasks cannot run',
		'스케줄러, 웹 서버, 워커가 시작되지 않거나 작업이 실행되지 않습니다',
	],
	'logs folder.fix': [
		'Change the owner of the folder to the Airflow user',
		'폴더의 소유자를 Airflow 사용자로 변경하세요',
	],
	'logs folder.restart': [
		'Then restart {service} now instead of waiting for its next retry',
		'그런 다음 {service}의 다음 재시도를 기다리지 말고 바로 재시작하세요',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

const folder = '/opt/airflow/logs';
/** Airflow's messages when it cannot create log files (logging.config, airflow/utils/log/file_processor_handler.py). */
export const logsNotWritable =
	/Unable to configure handler '(processor|task)'|Permission denied: '\/opt\/airflow\/logs/;

/** The Airflow user cannot write to the log folder. */
export const logsFolder: Rule = {
	name: 'logs folder',
	texts,
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
