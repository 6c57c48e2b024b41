import { constants } from 'node:os';
import * as z from 'zod/mini';
import type { ContainerInspection, ProcessTable } from '../../model/engine/inspection.ts';
import { maskText, maskValue } from '../../model/secrets/secrets.ts';
import { cleanText } from '../../model/text/clean-text.ts';
import {
	ignored,
	optionalIp,
	optionalName,
	optionalPort,
	optionalText,
	optionalTime,
	outsideLines,
	outsideList,
	outsideName,
	outsideText,
	textRecord,
} from '../../model/text/outside-text.ts';
import { shellWords } from '../../model/text/shell-words.ts';
import { stateAnswer } from './docker-answers.ts';

/** Details of one container: its inspection, its processes, commands in it. */

const nanoseconds = z.pipe(
	z.nullish(z.number()),
	z.transform(ns => (ns ?? 0) / 1e6),
);
const texts = z.pipe(
	z.nullish(z.union([outsideLines, outsideList(outsideLines)])),
	z.transform(words => (words === null || words === undefined ? [] : [words].flat())),
);

const inspectionBody = z.object({
	Id: outsideText,
	Name: optionalName,
	Created: optionalTime,
	Image: optionalText,
	RestartCount: z.nullish(z.number()),
	State: stateAnswer,
	Config: z.object({
		Image: optionalText,
		User: optionalText,
		WorkingDir: optionalText,
		Env: z.nullish(outsideList(outsideLines)),
		Cmd: texts,
		Entrypoint: texts,
		Labels: z.nullish(textRecord),
		ExposedPorts: z.nullish(z.record(outsideText, ignored)),
		StopSignal: optionalText,
		StopTimeout: z.nullish(z.number()),
		Healthcheck: z.nullish(
			z.object({
				Test: texts,
				Interval: nanoseconds,
				Timeout: nanoseconds,
				StartPeriod: nanoseconds,
				Retries: z.nullish(z.number()),
			}),
		),
	}),
	HostConfig: z.nullish(
		z.object({
			RestartPolicy: z.nullish(z.object({ Name: optionalText, MaximumRetryCount: z.nullish(z.number()) })),
			Memory: z.nullish(z.number()),
			MemorySwap: z.nullish(z.number()),
			NanoCpus: z.nullish(z.number()),
			CpuQuota: z.nullish(z.number()),
			CpuPeriod: z.nullish(z.number()),
			PidsLimit: z.nullish(z.number()),
			Privileged: z.nullish(z.boolean()),
			LogConfig: z.nullish(z.object({ Type: optionalText, Config: z.nullish(textRecord) })),
		}),
	),
	Mounts: z.nullish(
		outsideList(
			z.object({
				Type: optionalText,
				Name: optionalName,
				Source: optionalText,
				Destination: optionalText,
				RW: z.nullish(z.boolean()),
			}),
		),
	),
	NetworkSettings: z.nullish(
		z.object({
			Ports: z.nullish(
				z.record(outsideText, z.nullable(outsideList(z.object({ HostIp: optionalIp, HostPort: optionalPort })))),
			),
			Networks: z.nullish(
				z.record(outsideName, z.object({ IPAddress: optionalText, Aliases: z.nullish(outsideList(outsideText)) })),
			),
		}),
	),
});

/** A container's complete inspection; secrets are replaced here, so that later code never has them. */
export const inspectionAnswer = z.pipe(
	inspectionBody,
	z.transform((answer): ContainerInspection => {
		const { Config, HostConfig: host, State } = answer;
		const limit = (value: number | null | undefined) =>
			value !== null && value !== undefined && value > 0 ? value : null;
		const quota = limit(host?.CpuQuota);
		return {
			id: answer.Id,
			name: (answer.Name ?? answer.Id.slice(0, 12)).replace(/^\//, ''),
			image: Config.Image ?? '',
			imageId: answer.Image ?? '',
			command: harmlessCommand([...Config.Entrypoint, ...Config.Cmd]),
			user: Config.User ?? '',
			workingDirectory: Config.WorkingDir ?? '',
			createdAt: answer.Created,
			startedAt: State.StartedAt,
			finishedAt: State.FinishedAt,
			state: State.Status ?? 'unknown',
			exitCode: State.ExitCode ?? 0,
			oomKilled: State.OOMKilled ?? false,
			error: maskText(State.Error ?? ''),
			restartCount: answer.RestartCount ?? 0,
			restartPolicy: {
				name: host?.RestartPolicy?.Name || 'no',
				maximumRetries: host?.RestartPolicy?.MaximumRetryCount ?? 0,
			},
			stopSignal: signalName(Config.StopSignal ?? ''),
			stopTimeoutMs: Config.StopTimeout === null || Config.StopTimeout === undefined ? null : Config.StopTimeout * 1000,
			mounts: (answer.Mounts ?? []).map(mount => ({
				type: mount.Type ?? '',
				name: mount.Name || null,
				source: mount.Source ?? '',
				destination: mount.Destination ?? '',
				isWritable: mount.RW ?? true,
			})),
			environment: (Config.Env ?? []).map(variableOf),
			ports: portsOf(Config.ExposedPorts ?? {}, answer.NetworkSettings?.Ports ?? {}),
			networks: Object.entries(answer.NetworkSettings?.Networks ?? {}).map(([name, network]) => ({
				name,
				address: network.IPAddress ?? '',
				aliases: network.Aliases ?? [],
			})),
			health: healthOf(answer),
			limits: {
				memoryBytes: limit(host?.Memory),
				memorySwapBytes: limit(host?.MemorySwap),
				cpus:
					limit(host?.NanoCpus) !== null ? (host?.NanoCpus ?? 0) / 1e9 : quota && quota / (host?.CpuPeriod || 100_000),
				processes: limit(host?.PidsLimit),
			},
			isPrivileged: host?.Privileged ?? false,
			logDriver: host?.LogConfig?.Type ?? '',
			logOptions: Object.entries(host?.LogConfig?.Config ?? {})
				.map(([name, value]) => cleanText(`${name}=${maskValue(name, value)}`))
				.join(', '),
			labelCount: Object.keys(Config.Labels ?? {}).length,
		};
	}),
);

/** Words as in a shell, on one line, without passwords. */
function harmlessCommand(words: readonly string[]): string {
	return cleanText(maskText(shellWords(...words)));
}

function variableOf(entry: string): ContainerInspection['environment'][number] {
	const equals = entry.indexOf('=');
	const name = equals < 0 ? entry : entry.slice(0, equals);
	const value = equals < 0 ? '' : entry.slice(equals + 1);
	const shown = maskValue(name, value);
	return { name: cleanText(name), value: cleanText(shown), isMasked: shown !== value };
}

function portsOf(
	exposed: Readonly<Record<string, unknown>>,
	bindings: Readonly<Record<string, readonly { HostIp: string | null; HostPort: number | null }[] | null>>,
): ContainerInspection['ports'] {
	const names = [...new Set([...Object.keys(exposed), ...Object.keys(bindings)])];
	return names.flatMap((name): ContainerInspection['ports'] => {
		const [port = '', protocol = 'tcp'] = name.split('/');
		const own = { privatePort: optionalPort.parse(port) ?? 0, protocol };
		const published = (bindings[name] ?? []).map(binding => ({
			...own,
			address: binding.HostIp ?? '',
			publicPort: binding.HostIp === null ? null : binding.HostPort,
		}));
		return published.length > 0 ? published : [{ ...own, address: null, publicPort: null }];
	});
}

function healthOf({ State, Config }: z.infer<typeof inspectionBody>): ContainerInspection['health'] {
	const check = Config.Healthcheck;
	const [kind, ...words] = check?.Test ?? [];
	if (!State.Health?.Status && (!check || kind === undefined || kind === 'NONE')) return null;
	return {
		status: State.Health?.Status || 'none',
		failingStreak: State.Health?.FailingStreak ?? 0,
		test: kind === 'CMD-SHELL' ? cleanText(maskText(words.join(' '))) : harmlessCommand(words),
		intervalMs: check?.Interval || 30_000,
		timeoutMs: check?.Timeout || 30_000,
		startPeriodMs: check?.StartPeriod ?? 0,
		retries: check?.Retries || 3,
		probes: (State.Health?.Log ?? []).map(probe => ({
			startedAt: probe.Start ?? 0,
			endedAt: probe.End ?? 0,
			exitCode: probe.ExitCode ?? 0,
			output: probe.Output ?? '',
		})),
	};
}

/** Docker reports the name of a signal, Podman its number; null if the image's default is used. */
function signalName(signal: string): string | null {
	if (signal === '') return null;
	return Object.entries(constants.signals).find(([, number]) => String(number) === signal)?.[0] ?? signal;
}

/**
 * `GET /containers/{id}/top`. Podman 4 leaves the heading and each row of ps in one piece: they are split at the spaces,
 * all but the last column, which is the command.
 */
export const topAnswer = z.pipe(
	z.object({ Titles: outsideList(outsideText), Processes: z.nullish(outsideList(outsideList(outsideText))) }),
	z.transform(({ Titles, Processes }): ProcessTable => {
		const rows = Processes ?? [];
		const [heading = ''] = Titles;
		if (Titles.length !== 1 || !/\S\s+\S/.test(heading)) {
			return { titles: Titles, rows: rows.map(row => row.map(maskText)) };
		}
		const titles = heading.trim().split(/\s+/);
		return { titles, rows: rows.map(([row = '']) => columnsOf(row, titles.length).map(maskText)) };
	}),
);

/** The last column keeps its spaces. */
function columnsOf(row: string, count: number): string[] {
	const words = row.trim().split(/(\s+)/);
	const first = Array.from({ length: count - 1 }, (_, index) => words[2 * index] ?? '');
	return [...first, words.slice(2 * (count - 1)).join('')];
}
