import * as z from 'zod/mini';
import type { Setup } from '../../model/check.ts';
import { isSecretName, maskText } from '../../model/secrets/secrets.ts';
import { cleanText } from '../../model/text/clean-text.ts';
import {
	optionalText,
	optionalTime,
	outsideLines,
	outsideList,
	outsideName,
	outsideText,
} from '../../model/text/outside-text.ts';
import { label, labels } from './compose-labels.ts';

/** Facts from the engine that only the diagnosis needs. */

/** Only settings of these programs are kept. */
const settingName = /^(AIRFLOW__|MLFLOW_|AIRFLOW_HOME$)/;

export const setupAnswer = z.pipe(
	z.object({
		Image: optionalText,
		State: z.nullish(z.object({ Health: z.nullish(z.object({ Status: optionalText })) })),
		Config: z.object({
			User: optionalText,
			Env: z.nullish(outsideList(outsideLines)),
			Labels: labels,
			Entrypoint: z.nullish(outsideList(outsideText)),
			Cmd: z.nullish(outsideList(outsideText)),
			Healthcheck: z.nullish(
				z.object({
					Test: z.nullish(outsideList(outsideText)),
					Timeout: z.nullish(z.number()),
					Interval: z.nullish(z.number()),
					StartPeriod: z.nullish(z.number()),
					Retries: z.nullish(z.number()),
				}),
			),
		}),
		HostConfig: z.nullish(
			z.object({
				Memory: z.nullish(z.number()),
				NanoCpus: z.nullish(z.number()),
				CpuQuota: z.nullish(z.number()),
				CpuPeriod: z.nullish(z.number()),
				LogConfig: z.nullish(z.object({ Type: optionalText })),
			}),
		),
		NetworkSettings: z.nullish(
			z.object({
				Networks: z.nullish(
					z.record(outsideName, z.nullable(z.object({ Aliases: z.nullish(outsideList(outsideText)) }))),
				),
			}),
		),
	}),
	z.transform(({ Image, State, Config, HostConfig, NetworkSettings }): Setup => {
		const environment = new Map(
			(Config.Env ?? []).map((entry): [string, string] => {
				const equals = entry.indexOf('=');
				return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
			}),
		);
		const test = Config.Healthcheck?.Test ?? [];
		const hasTest = test.length > 0 && test[0] !== 'NONE';
		// moby, daemon/health.go: defaultProbeTimeout, defaultProbeInterval, defaultProbeRetries.
		const { Timeout, Interval, StartPeriod, Retries } = Config.Healthcheck ?? {};
		const healthTimeoutMs = Timeout ? Timeout / 1e6 : 30_000;
		const healthIntervalMs = Interval ? Interval / 1e6 : 30_000;
		const healthDecidesMs = (StartPeriod ?? 0) / 1e6 + (Retries || 3) * (healthIntervalMs + healthTimeoutMs);
		const memory = HostConfig?.Memory ?? 0;
		const settings = [...environment].filter(([name]) => settingName.test(name) && !isSecretName(name));
		return {
			imageId: Image ?? '',
			configHash: label(Config.Labels, 'config-hash'),
			logDriver: HostConfig?.LogConfig?.Type ?? '',
			// Podman reports a health without a status for a container that has no health check.
			hasHealthCheck: Boolean(State?.Health?.Status) || hasTest,
			// Test[0] is CMD or CMD-SHELL.
			healthTest: hasTest ? maskText(test.slice(1).join(' ')) : '',
			healthTimeoutMs,
			healthIntervalMs,
			...(hasTest ? { healthDecidesMs } : {}),
			user: Config.User ?? '',
			queues: queuesIn([...(Config.Entrypoint ?? []), ...(Config.Cmd ?? [])].join(' ')),
			memoryLimitBytes: memory > 0 ? memory : null,
			cpuLimit: cpuLimitOf(HostConfig ?? {}),
			networks: Object.entries(NetworkSettings?.Networks ?? {}).map(([name, network]) => ({
				name,
				aliases: network?.Aliases ?? [],
			})),
			settings: Object.fromEntries(settings.map(([name, value]) => [cleanText(name), cleanText(maskText(value))])),
			postgresUser: namedIn(environment, 'POSTGRES_USER'),
			postgresDatabase: namedIn(environment, 'POSTGRES_DB'),
		};
	}),
);

/** From `--cpus`, or a quota per period (100 ms by default). */
function cpuLimitOf(host: {
	NanoCpus?: number | null | undefined;
	CpuQuota?: number | null | undefined;
	CpuPeriod?: number | null | undefined;
}): number | null {
	if (host.NanoCpus && host.NanoCpus > 0) return host.NanoCpus / 1e9;
	if (host.CpuQuota && host.CpuQuota > 0) return host.CpuQuota / (host.CpuPeriod || 100_000);
	return null;
}

function namedIn(environment: ReadonlyMap<string, string>, name: string): string | null {
	const value = environment.get(name);
	return value ? cleanText(value) : null;
}

export type EngineInfo = {
	/** By the engine's own clock, ms since the epoch; null if it is not reported. */
	readonly clockAt: number | null;
	readonly memoryBytes: number;
	/** The engine's data folder. */
	readonly rootFolder: string;
	readonly kernel: string;
	readonly hostname: string;
};

export const infoAnswer = z.pipe(
	z.object({
		SystemTime: optionalTime,
		MemTotal: z.nullish(z.number()),
		DockerRootDir: optionalText,
		KernelVersion: optionalText,
		Name: optionalText,
	}),
	z.transform(
		(answer): EngineInfo => ({
			clockAt: answer.SystemTime,
			memoryBytes: answer.MemTotal ?? 0,
			rootFolder: answer.DockerRootDir ?? '',
			kernel: answer.KernelVersion ?? '',
			hostname: answer.Name ?? '',
		}),
	),
);

export const imageAnswer = z.pipe(
	z.object({ Id: outsideText }),
	z.transform(answer => answer.Id),
);

/** The option of `airflow celery worker`; in a shell command it is inside of one word. */
function queuesIn(command: string): string[] | null {
	const [, names] = /\s(?:-q|--queues)[ =]([\w.,-]{1,1000})/.exec(command) ?? [];
	return names === undefined ? null : names.split(',').filter(Boolean);
}
