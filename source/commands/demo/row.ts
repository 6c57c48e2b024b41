import type { ScreenRow } from '../../command-line/rows/command-row.ts';
import type { Text } from '../../words/language.ts';

/** What each stack of `--stack` is, in the order of `demoStackNames`. */
const stacks: Text = [
	'The stacks: guide (Airflow 2.8, MLflow 2.9; the default), guide-airflow3 (Airflow 3.3, MLflow 3.17), official-airflow2 and official-airflow3 (the official Compose file of Airflow 2.10 and 3.3: two workers, no MLflow), mlflow-elsewhere (Airflow 3.3, with MLflow 3.17 outside the Compose project, which wants a login), managed (Airflow 3.3 and MLflow 3.17 without a container engine, as in a cloud) and podman (guide, on Podman).',
	'스택: guide(Airflow 2.8, MLflow 2.9, 기본값), guide-airflow3(Airflow 3.3, MLflow 3.17), official-airflow2와 official-airflow3(Airflow 2.10과 3.3의 공식 Compose 파일: 워커 두 개, MLflow 없음), mlflow-elsewhere(Airflow 3.3, Compose 프로젝트 밖에 있고 로그인이 필요한 MLflow 3.17), managed(클라우드처럼 컨테이너 엔진이 없는 Airflow 3.3과 MLflow 3.17), podman(guide를 Podman에서 실행).',
];

export const demoRow: ScreenRow = {
	name: 'demo',
	group: 'laketop',
	summary: ['Open the monitor on an embedded demo stack', '내장된 데모 스택에서 모니터 열기'],
	details: [
		[
			'The same as laketop --demo. Choose another stack with --stack. Each runs in this process on servers that speak the real protocols: laketop finds it as it finds a real one, and every action works.',
			'laketop --demo와 같습니다. 다른 스택은 --stack으로 선택합니다. 모든 스택은 실제 프로토콜을 쓰는 서버로 이 프로세스 안에서 실행됩니다. laketop은 실제 스택과 같은 방법으로 찾고, 모든 작업이 동작합니다.',
		],
		stacks,
		[
			'The stacks of Airflow 3 have a question to answer, an asset with events, a backfill, and DAGs with several versions.',
			'Airflow 3 스택에는 답변할 질문, 이벤트가 있는 에셋, 백필, 버전이 여러 개인 DAG가 있습니다.',
		],
		[
			'With --demo, commands run on a demo as well: laketop status --demo --stack podman.',
			'--demo를 지정하면 명령도 데모에서 실행됩니다: laketop status --demo --stack podman.',
		],
	],
	examples: [
		{
			line: 'laketop demo --stack official-airflow3',
			does: ['The official Compose file of Airflow 3', 'Airflow 3의 공식 Compose 파일'],
		},
		{
			line: 'laketop demo --stack managed',
			does: ['Airflow and MLflow without containers', '컨테이너 없는 Airflow와 MLflow'],
		},
	],
	opensScreen: { demo: true },
};
