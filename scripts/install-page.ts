/** The tables of docs/install.md and docs/install.ko.md: each package of package.json, its purpose and its size. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import * as z from 'zod/mini';
import { type Language, languages, type Text, textIn } from '../source/words/language.ts';
import { writer } from '../source/words/write.ts';
import { bundleOptions } from './bundle.ts';
import { bundledPackages, packageAt } from './bundled-packages.ts';
import { root } from './root.ts';

const pageOf: Readonly<Record<Language, string>> = { en: 'install.md', ko: 'install.ko.md' };

/** Package → what it is for. */
const reasons: Readonly<Record<string, Text>> = {
	'@biomejs/biome': ['Formats and lints', '코드 서식과 린트'],
	'@cfworker/json-schema': [
		"Checks the params of a DAG run against the DAG's JSON Schema, without generating code at run time",
		'DAG 실행의 파라미터를 DAG의 JSON Schema로 검사. 실행 중에 코드를 생성하지 않음',
	],
	'@leeoniya/ufuzzy': [
		'Fuzzy search and ranking in the palette and the lists',
		'명령 팔레트와 목록의 퍼지 검색과 순위',
	],
	re2js: ['Runs regular expressions that users type in linear time', '사용자가 입력한 정규식을 선형 시간에 실행'],
	'@lydell/node-pty': ['Prebuilt pseudo-terminals for the tests', '미리 빌드된 테스트용 의사 터미널'],
	'@types/dockerode': ['Types', '타입'],
	'@types/node': ['Types', '타입'],
	'@types/react': ['Types', '타입'],
	'@swc/core': ['Parses TypeScript for dependency-cruiser', 'dependency-cruiser를 위한 TypeScript 파싱'],
	'@vitest/coverage-v8': ['Measures test coverage', '테스트 커버리지 측정'],
	'@xterm/headless': [
		'Terminal emulator with which the tests read the screen',
		'테스트가 화면을 읽는 터미널 에뮬레이터',
	],
	'dependency-cruiser': ['Checks import directions', '임포트 방향 검사'],
	dockerode: ['Docker Engine API: streams, multiplexed logs, exec', 'Docker Engine API: 스트림, 다중화된 로그, exec'],
	esbuild: ['Bundles the program', '프로그램 번들'],
	'fast-check': ['Property-based tests', '속성 기반 테스트'],
	'get-east-asian-width': ['Width of a character in terminal cells', '문자가 터미널에서 차지하는 칸 수'],
	ink: ['Draws the screen with React', 'React로 화면 그리기'],
	'ink-table': ['Prints the tables of commands', '명령의 표 출력'],
	'ink-testing-library': ['Renders components in unit tests', '단위 테스트에서 컴포넌트 렌더링'],
	meow: ['Parses the command line', '명령줄 해석'],
	node: [
		'The Node that the scripts run on, so that an older one on the host is enough',
		'스크립트를 실행하는 Node. 호스트의 Node는 더 오래된 버전이어도 됨',
	],
	postject: [
		"Injects the program into Node's binary (the tool of the Node project)",
		'Node 실행 파일에 프로그램 삽입(Node 프로젝트의 도구)',
	],
	react: ['Component model of Ink', 'Ink의 컴포넌트 모델'],
	scslre: ['Finds regular expressions that do not take linear time', '선형 시간이 아닌 정규식 찾기'],
	'string-width': ['Width of a text in terminal cells', '텍스트가 터미널에서 차지하는 칸 수'],
	typescript: ['Checks the types', '타입 검사'],
	undici: [
		'HTTP client for Airflow and MLflow, with pools and timeouts',
		'Airflow와 MLflow의 HTTP 클라이언트: 연결 풀과 시간 제한',
	],
	vitest: ['Runs the tests', '테스트 실행'],
	yaml: [
		'Parses the config file (with line numbers for errors) and Compose files',
		'설정 파일(오류의 행 번호 포함)과 Compose 파일 파싱',
	],
	'yoga-layout': [
		'Reference for our layout in the tests; the program contains only its constants',
		'테스트에서 laketop 레이아웃의 비교 기준. 프로그램에는 상수만 포함',
	],
	zod: [
		'Validates data from servers and files; source of the JSON Schemas in docs/',
		'서버와 파일의 데이터 검증. docs/에 있는 JSON Schema의 원본',
	],
	zustand: ['Store of the state', '상태 저장소'],
};

/** Two digits: the page should not change with every change of the source. */
function kilobytes(bytes: number): string {
	if (bytes === 0) return '';
	return bytes < 1000 ? '< 1 kB' : `${Number((bytes / 1000).toPrecision(2))} kB`;
}

/** The packages of package.json; throws if one has no reason. */
function directPackages(): string[] {
	const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const names = Object.keys(
		z.object({ devDependencies: z.record(z.string(), z.string()) }).parse(manifest).devDependencies,
	);
	const explained = Object.keys(reasons);
	const wrong = [...names, ...explained].filter(name => !names.includes(name) || !explained.includes(name));
	if (wrong.length > 0) throw new Error(`package.json and scripts/install-page.ts differ in ${wrong.join(', ')}`);
	return names;
}

/** Packages that `npm ci` installs on every platform, with their dependencies. */
function lockedPackages(): number {
	const lock: unknown = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
	const { packages } = z
		.object({ packages: z.record(z.string(), z.object({ optional: z.optional(z.boolean()) })) })
		.parse(lock);
	return Object.entries(packages).filter(([path, { optional }]) => path !== '' && !optional).length;
}

type Row = { readonly name: string; readonly licence: string; readonly bytes: number };
type Weights = {
	/** The packages of package.json. */
	readonly rows: readonly Row[];
	/** Bytes in the program of each other package, the largest first. */
	readonly others: readonly (readonly [name: string, bytes: number])[];
};

async function weights(): Promise<Weights> {
	const { metafile } = await build(bundleOptions());
	const bundled = bundledPackages(metafile);
	const rows = directPackages().map(name => {
		const folder = `node_modules/${name}`;
		return { ...packageAt(folder), bytes: bundled.find(one => one.folder === folder)?.bytes ?? 0 };
	});
	const direct = new Set(rows.map(({ folder }) => folder));
	// Several versions of a package count as one here.
	const others = new Map<string, number>();
	for (const { folder, name, bytes } of bundled) {
		if (!direct.has(folder)) others.set(name, (others.get(name) ?? 0) + bytes);
	}
	return { rows, others: [...others].toSorted(([, a], [, b]) => b - a) };
}

function tables({ rows, others }: Weights, language: Language): string {
	const say = writer(language);
	const table = (those: readonly Row[]) => [
		'',
		say(['| package | why | licence | in the program |', '| 패키지 | 용도 | 라이선스 | 프로그램에 포함된 크기 |']),
		'| --- | --- | --- | --- |',
		...those.map(
			({ name, licence, bytes }) =>
				`| ${name} | ${textIn(reasons[name] ?? ['', ''], language)} | ${licence} | ${kilobytes(bytes)} |`,
		),
		'',
	];
	const inside = rows.filter(({ bytes }) => bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
	const outside = rows.filter(({ bytes }) => bytes === 0);
	const weighty = others.filter(([, bytes]) => bytes >= 1000).map(([name, bytes]) => `${name} ${kilobytes(bytes)}`);
	const light = others.filter(([, bytes]) => bytes < 1000).map(([name]) => name);
	return [
		say(
			[
				'`npm ci` installs {n} packages for development, more than {all} with their own dependencies. The tables are sorted by size in the program.',
				'`npm ci`는 개발용 패키지 {n}개를 설치하며, 의존성까지 합하면 {all}개가 넘습니다. 표는 프로그램에 포함된 크기순입니다.',
			],
			// A round number: the page should not change with every update.
			{ n: rows.length, all: Math.floor(lockedPackages() / 10) * 10 },
		),
		'',
		say(['{n} packages are part of the program:', '프로그램에 포함되는 패키지 {n}개:'], { n: inside.length }),
		...table(inside),
		say(
			[
				'They bring in {n} more packages: {weighty}; under 1 kB each: {light}.',
				'이 패키지들이 사용하는 패키지 {n}개가 더 포함됩니다: {weighty}. 각각 1 kB 미만: {light}.',
			],
			{ n: others.length, weighty: weighty.join(', '), light: light.join(', ') },
		),
		'',
		say(['{n} packages are for development only:', '개발에만 쓰는 패키지 {n}개:'], { n: outside.length }),
		...table(outside),
	].join('\n');
}

const block = /(<!-- packages: made by npm run docs -->\n)[\s\S]*?(<!-- \/packages -->)/;

/** The page of each language with its current tables, by its name in docs/. */
export async function installPages(): Promise<Record<string, string>> {
	const measured = await weights();
	return Object.fromEntries(
		languages.map(language => {
			const name = pageOf[language];
			const page = readFileSync(join(root, 'docs', name), 'utf8');
			if (!block.test(page)) throw new Error(`docs/${name} has no place for the tables of packages`);
			const made = tables(measured, language);
			return [name, page.replace(block, (_, begin: string, end: string) => `${begin}\n${made}\n${end}`)];
		}),
	);
}
