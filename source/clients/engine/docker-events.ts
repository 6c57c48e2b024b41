import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { ContainerEvent } from '../../model/engine/container.ts';
import type { DockerHost } from '../../model/engine/engine-address.ts';
import { ClientError } from '../../model/failures/failure.ts';
import { readChunks } from '../http/read-chunks.ts';
import { LineSplitter } from '../line-splitter.ts';
import { eventAnswer } from './docker-event-answer.ts';
import type { EngineCalls } from './engine-calls.ts';
import { engineProblem, notDocker } from './engine-problem.ts';

/** Maximum characters of an event: only the labels of a container are long. */
const eventLimit = 1024 * 1024;

/**
 * Subscribes to container events; resolves when the engine has accepted, so that a later list misses nothing. The
 * iteration ends with the stream, and throws when it breaks.
 */
export async function openEvents(calls: EngineCalls, signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>> {
	// Health probes cause three exec_* events each: the engine filters them out.
	const filters = JSON.stringify({
		// Of networks only connecting and disconnecting a container.
		type: ['container', 'network'],
		event: [
			...['connect', 'disconnect', 'update'],
			...['create', 'start', 'die', 'destroy', 'oom', 'pause', 'unpause', 'rename', 'restart', 'stop', 'kill'],
			'health_status',
			// Podman's own names.
			...['died', 'remove'],
		],
	});
	const stream = await calls.ask(
		['events', '이벤트'],
		signal,
		abortSignal => calls.docker.getEvents({ filters, abortSignal }),
		null,
	);
	return readEvents(calls.host, stream);
}

async function* readEvents(host: DockerHost, stream: NodeJS.ReadableStream): AsyncGenerator<ContainerEvent> {
	if (!(stream instanceof Readable)) throw notDocker(host, ['events', '이벤트']);
	const decoder = new StringDecoder('utf8');
	const splitter = new LineSplitter(eventLimit);
	try {
		for await (const chunk of readChunks(stream)) {
			for (const line of splitter.push(decoder.write(chunk))) {
				const event = parseEvent(line);
				if (event) yield event;
			}
			if (splitter.isOverlong) throw notDocker(host, ['events', '이벤트']);
		}
	} catch (error) {
		throw error instanceof ClientError ? error : engineProblem(host, error);
	}
}

function parseEvent(line: string): ContainerEvent | null {
	if (line.trim() === '') return null;
	try {
		return eventAnswer.parse(JSON.parse(line));
	} catch {
		// An unreadable event: the list every half minute makes up for it.
		return null;
	}
}
