import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { ConfigError } from '../model/failures/config-error.ts';
import { type Message, phrase, render } from '../words/message.ts';
import type { ReadConfigFile } from './config-file.ts';
import {
	type Environment,
	fileSettings,
	foreignSettings,
	merged,
	type Setting,
	type Settings,
	variableSettings,
} from './layers.ts';
import type { Option } from './option.ts';
import { options } from './options.ts';
import { originPlace } from './origin.ts';
import { howToTrust, pathOf } from './secrets.ts';

/**
 * A setting that is refused from a file found in the working directory, because it may have been downloaded with the
 * folder. Such a file may change the appearance and what is shown. It may not send secrets to an address of its choice,
 * read files outside its folder, run commands, or choose the engine, from which addresses are discovered.
 */
export type Refused = {
	readonly setting: Setting;
	/** Its effect: `sends the secret LAKETOP_MLFLOW_TOKEN to this address`. */
	readonly would: Message;
};

/** @param settings the effective ones; only those of the file are judged */
export function refusedSettings(settings: Settings, file: Pick<ReadConfigFile, 'path'>): Refused[] {
	return [...settings.values()].filter(isOfFile).flatMap((setting): Refused[] => {
		const would = wouldDo(setting, settings, dirname(file.path));
		return would === null ? [] : [{ setting, would }];
	});
}

function wouldDo(setting: Setting, settings: Settings, folder: string): Message | null {
	const option = optionOf(setting);
	switch (option?.risk) {
		case 'engine':
			return phrase([
				'chooses the engine, and so where credentials are sent',
				'엔진을 선택하여 자격 증명을 보낼 곳을 결정합니다',
			]);
		case 'webhook':
			return phrase(['sends findings to this address', '이 주소로 문제를 보냅니다']);
		case 'command':
			return phrase(['runs this command', '이 명령을 실행합니다']);
		case 'file':
			return isInside(pathOf(setting, folder), folder)
				? null
				: phrase(['names a file outside its folder', '폴더 밖의 파일을 지정합니다']);
		case 'servers':
			return wouldSend(option, settings);
		default:
			return null;
	}
}

/** The secret that would be sent to servers of the file's choice. A secret in the file itself does not count. */
function wouldSend({ path }: Option, settings: Settings): Message | null {
	// A project counts as an address: its containers determine the servers' addresses.
	const [server] = path.length === 1 ? [] : path;
	const secret = [...settings.values()].find(one => {
		const { slot, path: whose, key } = optionOf(one) ?? {};
		if (slot === undefined || (server !== undefined && whose?.[0] !== server)) return false;
		return !isOfFile(one) || slot !== key;
	});
	if (!secret) return null;
	const whose = isOfFile(secret) ? secret.key : originPlace(secret.origin, secret.key);
	return server === undefined
		? phrase(
				[
					'sends the secret {whose} to the servers of this project',
					'비밀 값 {whose}을(를) 이 프로젝트의 서버로 보냅니다',
				],
				{ whose },
			)
		: phrase(['sends the secret {whose} to this address', '비밀 값 {whose}을(를) 이 주소로 보냅니다'], { whose });
}

function isOfFile({ origin }: Setting): boolean {
	return origin.kind === 'file' || origin.kind === 'profile';
}

function optionOf({ key }: Setting): Option | undefined {
	return options.find(one => one.key === key);
}

/** Including the target of a link. A missing file is judged by its name. */
function isInside(path: string, folder: string): boolean {
	const real = (one: string) => {
		try {
			return realpathSync(one);
		} catch {
			return one;
		}
	};
	return real(path).startsWith(`${real(folder)}${sep}`);
}

/** Throws ConfigError that names the refused settings, and how to allow them. */
export function demandTrust(refused: readonly Refused[], file: string): void {
	const [first, ...others] = refused;
	if (!first) return;
	const named = {
		place: originPlace(first.setting.origin, first.setting.key),
		would: first.would,
		count: others.length,
	};
	throw new ConfigError(
		others.length === 0
			? phrase(
					['{place}: {would}, but the file is not trusted', '{place}: {would}. 그러나 신뢰하는 파일이 아닙니다'],
					named,
				)
			: phrase(
					[
						'{place}: {would}, but the file is not trusted (and {count} more {count|setting|settings})',
						'{place}: {would}. 그러나 신뢰하는 파일이 아닙니다(외 설정 {count}개)',
					],
					named,
				),
		howToTrust(file),
	);
}

/** What trusting a file allows, at its top level and in each profile, with these variables. */
export function allowedByTrust(file: ReadConfigFile, environment: Environment): Refused[] {
	const profiles = [null, ...Object.keys(file.content.profiles ?? {})];
	const all = profiles.flatMap(profile =>
		refusedSettings(
			merged([
				foreignSettings(environment),
				fileSettings(file, null),
				profile === null ? [] : fileSettings(file, profile),
				variableSettings(environment),
			]),
			file,
		),
	);
	// The top level applies in each profile that does not override it.
	return [
		...new Map(
			all.map(one => [`${originPlace(one.setting.origin, one.setting.key)} ${render(one.would, 'en')}`, one]),
		).values(),
	];
}
