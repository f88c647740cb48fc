import {readFileSync} from 'node:fs';
import type {IncomingHttpHeaders, IncomingMessage, ServerResponse} from 'node:http';
import type {ServerOptions} from 'node:https';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {startServer, type TestServer} from '../http/test-server.ts';

/** What a recorded server does with one path: a recording's name or a text, one a request in turn, or never to answer. */
export type RecordedAnswer = Answer | readonly Answer[] | 'hang';

type Answer =
	| string
	| {
			readonly status: number;
			readonly text: string;
			readonly type?: string;
			readonly headers?: Readonly<Record<string, string>>;
	  };

export type RecordedServer = TestServer & {
	/** Paths asked for so far, with their queries. */
	readonly requests: string[];
	/** Methods used so far. */
	readonly methods: Set<string>;
	/** The headers of each request. */
	readonly received: IncomingHttpHeaders[];
	/** How many requests there were at most at the same time. */
	readonly mostAtOnce: () => number;
	/** What each path answers; may be changed while it runs. */
	readonly answers: Record<string, RecordedAnswer>;
};

export type RecordedOptions = {
	readonly answers?: Readonly<Record<string, RecordedAnswer>>;
	readonly tls?: ServerOptions;
	/** The only token that is let in; without one, everybody is. */
	readonly token?: string;
	/** Why a request is refused; undefined: it is not. */
	readonly authorize?: (
		request: IncomingMessage,
	) => {readonly status: number; readonly contentType: string; readonly body: string} | undefined;
	/** Any free one unless it is named. */
	readonly port?: number;
	/** How long each answer takes, in milliseconds. */
	readonly delayMs?: number;
};

/** The recording for a path that is not among the answers, and for a wrong token. */
type Refusals = {readonly notFound: string; readonly unauthorized: string};

/** A server that answers from the recordings in a folder of test/fixtures. */
export async function startRecordedServer(
	folder: 'kubelet' | 'apiserver',
	refusals: Refusals,
	options: RecordedOptions,
): Promise<RecordedServer> {
	const answers: Record<string, RecordedAnswer> = {...options.answers};
	const requests: string[] = [];
	const methods = new Set<string>();
	const received: IncomingHttpHeaders[] = [];
	const turns = new Map<string, number>();
	let now = 0;
	let most = 0;
	const server = await startServer(
		async (request, response) => {
			const path = request.url ?? '';
			requests.push(path);
			methods.add(request.method ?? '');
			received.push(request.headers);
			most = Math.max(most, ++now);
			response.on('close', () => now--);
			if (options.delayMs !== undefined) {
				await setTimeout(options.delayMs);
			}

			if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
				replay(response, folder, refusals.unauthorized);
				return;
			}

			const refused = options.authorize?.(request);
			if (refused !== undefined) {
				response.writeHead(refused.status, {'content-type': refused.contentType}).end(refused.body);
				return;
			}

			const known = answers[path] ?? refusals.notFound;
			const inTurn = typeof known === 'string' || 'status' in known ? [known] : known;
			const turn = turns.get(path) ?? 0;
			turns.set(path, inTurn === known ? turn + 1 : turn);
			const answer = inTurn[Math.min(turn, inTurn.length - 1)] ?? refusals.notFound;
			if (answer === 'hang') {
				return;
			}

			if (typeof answer === 'string') {
				replay(response, folder, answer);
			} else {
				response
					.writeHead(answer.status, {'content-type': answer.type ?? 'text/plain', ...answer.headers})
					.end(answer.text);
			}
		},
		options.tls,
		options.port,
	);
	return {...server, requests, methods, received, mostAtOnce: () => most, answers};
}

/** The text of a recording. */
export function recording(folder: string, name: string): string {
	return readFileSync(fileOf(folder, name), 'utf8');
}

/** Body, status and headers as recorded, but for those that describe the connection. */
function replay(response: ServerResponse, folder: string, name: string): void {
	const [statusLine = '', ...lines] = recording(folder, `${name}.headers`).split(/\r?\n/);
	for (const line of lines) {
		const [header = '', value = ''] = line.split(/: (.*)/);
		if (header !== '' && !/^(transfer-encoding|content-length|connection)$/i.test(header)) {
			response.setHeader(header, value);
		}
	}

	response.writeHead(Number(statusLine.split(' ')[1])).end(readFileSync(fileOf(folder, name)));
}

function fileOf(folder: string, name: string): string {
	return join(import.meta.dirname, '../fixtures', folder, name);
}
