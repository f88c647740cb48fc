import {Agent, get, type IncomingMessage} from 'node:http';
import type {ApiReader} from '../../../source/cluster/inventory/api-reader.ts';
import {splitLines} from '../../../source/http/line-splitter.ts';
import {type FailureCode, KtopError} from '../../../source/metrics/model/failure.ts';

function failure(code: FailureCode): KtopError {
	return new KtopError({code, brief: code, message: `the test's connection: ${code}`, hint: 'none'});
}

/** The two GETs of an endpoint over node:http, so that these tests stand on nothing but the network. */
export function plainReader(origin: string): ApiReader & {readonly close: () => void} {
	const agent = new Agent({keepAlive: true});

	async function open(path: string, signal: AbortSignal | undefined): Promise<IncomingMessage> {
		return new Promise((resolve, reject) => {
			const request = get(`${origin}${path}`, {agent, ...(signal ? {signal} : {})}, resolve);
			request.on('error', () => reject(failure(signal?.aborted ? 'aborted' : 'refused')));
		});
	}

	async function* chunksOf(response: IncomingMessage, idleTimeoutMs: number): AsyncGenerator<Buffer> {
		let isSilent = false;
		const stop = () => {
			isSilent = true;
			response.destroy();
		};
		let timer = setTimeout(stop, idleTimeoutMs);
		try {
			for await (const chunk of response) {
				clearTimeout(timer);
				timer = setTimeout(stop, idleTimeoutMs);
				yield chunk;
			}
		} catch {
			throw failure(isSilent ? 'timeout' : 'connection-lost');
		} finally {
			clearTimeout(timer);
			response.destroy();
		}
		if (isSilent) {
			throw failure('timeout');
		}
	}

	async function bodyOf(response: IncomingMessage): Promise<Buffer> {
		try {
			return Buffer.concat(await response.toArray());
		} catch {
			throw failure('connection-lost');
		}
	}

	return {
		get: async (path, {signal}) => {
			const response = await open(path, signal);
			return {
				status: response.statusCode ?? 0,
				headers: Object.fromEntries(
					Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
				),
				body: await bodyOf(response),
				latencyMs: 0,
			};
		},
		stream: async (path, {signal, idleTimeoutMs, maxLineBytes}) => {
			const response = await open(path, signal);
			const status = response.statusCode ?? 0;
			return {
				status,
				headers: {},
				body: status === 200 ? Buffer.alloc(0) : await bodyOf(response),
				lines: splitLines(chunksOf(response, idleTimeoutMs), maxLineBytes),
				close: () => response.destroy(),
			};
		},
		close: () => agent.destroy(),
	};
}
