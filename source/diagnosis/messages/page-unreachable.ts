/** Texts of `rules/page-unreachable.ts`. Each English, then Korean. */
export const pageUnreachableMessages = {
	'page.title': ['The Airflow webserver does not respond', 'Airflow 웹 서버가 응답하지 않습니다'],
	'page.title api': ['The Airflow API server does not respond', 'Airflow API 서버가 응답하지 않습니다'],
	'page.hangs.cause': [
		'{service} is running but does not respond: it hangs or is overloaded',
		'{service}이(가) 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'page.refused.cause': [
		'{service} is running, but nothing listens on its port. It is still starting, or its workers keep crashing',
		'{service} 컨테이너는 실행 중이지만 프로그램이 연결을 받지 않습니다. 아직 시작 중이거나 내부 프로세스가 계속 종료되고 있습니다',
	],
	'page.answers.cause': [
		'The server responds with HTTP {status}: probably one of its dependencies fails',
		'서버가 HTTP {status}으로(로) 응답합니다. 의존하는 서비스 중 하나가 실패하는 것으로 보입니다',
	],
	'page.elsewhere.cause': [
		'Nothing responds at {url}, and no container here serves it. The address is wrong, or that server is down',
		'{url}에서 응답이 없고 이 주소를 제공하는 컨테이너도 없습니다. 주소가 틀렸거나 서버가 중지되었습니다',
	],
	'page.managed.cause': [
		'Nothing responds at {url}. The address is wrong, or that server is down',
		'{url}에서 응답이 없습니다. 주소가 틀렸거나 서버가 중지되었습니다',
	],
	'page.address.cause': [
		'The address {url} is wrong: {service} is published at {published}',
		'주소 {url}이(가) 틀렸습니다. {service}은(는) {published}에 게시되어 있습니다',
	],
	'page.elsewhere.reason': ['Request to {url}: {answer}', '{url} 요청 결과: {answer}'],
	'page.reason': [
		'The container is running and had time to start. Request to {url}: {answer}',
		'컨테이너는 실행 중이고 시작할 시간도 충분했습니다. {url} 요청 결과: {answer}',
	],
	'page.unreachable.cause': [
		'{service} is healthy on {host} but unreachable from here. Its port is probably published on localhost of {host} only, or a firewall blocks it',
		'{service}은(는) {host}에서 정상이지만 여기에서는 연결할 수 없습니다. 포트가 {host}의 localhost에만 게시되었거나 방화벽이 막고 있을 가능성이 큽니다',
	],
	'page.unreachable.reason': [
		'The health check inside {service} succeeds. Request to {url} from here: {answer}',
		'{service} 내부의 헬스 체크는 성공합니다. 여기에서 {url} 요청 결과: {answer}',
	],
	'page.tunnel': [
		'Run laketop on {host}, or open a tunnel (ssh -N -L {port}:localhost:{port} {host}) and pass --{id}-url http://localhost:{port}',
		'{host}에서 laketop을 실행하거나 터널(ssh -N -L {port}:localhost:{port} {host})을 열고 --{id}-url http://localhost:{port} 옵션을 지정하세요',
	],
	'page.ssh.cause': [
		'{service} is healthy on {host}, but ssh does not lead to its port. The ssh server of {host} probably forbids forwarding',
		'{service}은(는) {host}에서 정상이지만 ssh로 포트에 연결할 수 없습니다. {host}의 ssh 서버가 포워딩을 금지할 가능성이 큽니다',
	],
	'page.ssh': [
		'Allow forwarding in sshd_config of {host} (AllowTcpForwarding local), or run laketop on {host}',
		'{host}의 sshd_config에서 포워딩을 허용하거나(AllowTcpForwarding local) {host}에서 laketop을 실행하세요',
	],
	'impact.webserver': [
		'The Airflow UI and API do not respond. DAG runs continue',
		'Airflow UI와 API가 응답하지 않습니다. DAG 실행은 계속됩니다',
	],
	'evidence.page': ['{url}: {answer}', '{url}: {answer}'],
	'mlflow page.title': ['MLflow does not respond', 'MLflow가 응답하지 않습니다'],
	'mlflow page.hangs.cause': [
		'{service} is running but does not respond: it hangs or is overloaded',
		'{service}이(가) 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
} as const;
