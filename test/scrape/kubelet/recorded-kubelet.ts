import {readFileSync} from 'node:fs';
import type {ServerResponse} from 'node:http';
import type {ServerOptions} from 'node:https';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {startServer, type TestServer} from '../../http/test-server.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/kubelet');

/** What a recorded kubelet does with one path: a recording's name, one a request in turn, or never to answer. */
export type RecordedAnswer =
	| string
	| readonly string[]
	| 'hang'
	| {readonly status: number; readonly text: string};

export type RecordedKubelet = TestServer & {
	/** Paths asked for so far, with their queries. */
	readonly requests: string[];
	/** Methods used so far. */
	readonly methods: Set<string>;
	/** What each path answers; may be changed while it runs. */
	readonly answers: Record<string, RecordedAnswer>;
};

export const ALL_ROUTES: Readonly<Record<string, RecordedAnswer>> = {
	'/stats/summary': ['summary-1.json', 'summary-2.json', 'summary-3.json'],
	'/stats/summary?only_cpu_and_memory=true': 'summary-cpumem-1.json',
	'/metrics/resource': ['metrics-resource-1.prom', 'metrics-resource-2.prom', 'metrics-resource-3.prom'],
};

export type RecordedOptions = {
	readonly answers?: Readonly<Record<string, RecordedAnswer>>;
	readonly tls?: ServerOptions;
	/** The only token that is let in; without one, everybody is. */
	readonly token?: string;
	/** How long each answer takes, in milliseconds. */
	readonly delayMs?: number;
};

/** A server that answers as a kubelet did, from the recordings in test/fixtures/kubelet. */
export async function startRecordedKubelet(options: RecordedOptions = {}): Promise<RecordedKubelet> {
	const answers: Record<string, RecordedAnswer> = {...(options.answers ?? ALL_ROUTES)};
	const requests: string[] = [];
	const methods = new Set<string>();
	const turns = new Map<string, number>();
	const server = await startServer(async (request, response) => {
		const path = request.url ?? '';
		requests.push(path);
		methods.add(request.method ?? '');
		if (options.delayMs !== undefined) {
			await setTimeout(options.delayMs);
		}

		if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
			replay(response, '401-bad-token.txt');
			return;
		}

		const answer = answers[path];
		if (answer === 'hang') {
			return;
		}

		if (typeof answer === 'string') {
			replay(response, answer);
		} else if (answer === undefined) {
			replay(response, 'stats-404.txt');
		} else if ('status' in answer) {
			response.writeHead(answer.status, {'content-type': 'text/plain'}).end(answer.text);
		} else {
			const turn = turns.get(path) ?? 0;
			turns.set(path, turn + 1);
			replay(response, answer[Math.min(turn, answer.length - 1)] ?? '');
		}
	}, options.tls);
	return {...server, requests, methods, answers};
}

export function recorded(name: string): string {
	return readFileSync(join(FIXTURES, name), 'utf8');
}

/** Body, status and headers as recorded, but for those that describe the connection. */
function replay(response: ServerResponse, name: string): void {
	const [statusLine = '', ...lines] = recorded(`${name}.headers`).split(/\r?\n/);
	for (const line of lines) {
		const [header = '', value = ''] = line.split(/: (.*)/);
		if (header !== '' && !/^(transfer-encoding|content-length|connection)$/i.test(header)) {
			response.setHeader(header, value);
		}
	}

	response.writeHead(Number(statusLine.split(' ')[1])).end(readFileSync(join(FIXTURES, name)));
}
