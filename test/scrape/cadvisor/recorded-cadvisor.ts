import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {startServer, type TestServer} from '../../http/test-server.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/cadvisor');

/** What one path answers: a recording's name, a status and a text, or `NEVER`. The path is without its query. */
export type RecordedAnswer = string | {readonly status: number; readonly text: string};

/** Stands for an answer that does not come. */
export const NEVER = 'never';

export type RecordedCadvisor = TestServer & {
	/** Paths asked for so far, with their queries. */
	readonly requests: string[];
	readonly authorizations: Set<string | undefined>;
	/** What each path answers; may be changed while it runs. */
	readonly answers: Record<string, RecordedAnswer>;
};

export const VERSION_2: Readonly<Record<string, RecordedAnswer>> = {
	'/api/v2.1/machine': 'v2.1-machine.json',
	'/api/v2.1/machinestats': 'v2.1-machinestats-1.json',
	'/api/v2.1/stats/': 'v2.1-stats-recursive-count2-1.json',
	'/api/v2.1/storage': 'v2.1-storage-root-label.json',
};

/** What the same machine sent ten seconds later. */
export const VERSION_2_LATER: Readonly<Record<string, RecordedAnswer>> = {
	'/api/v2.1/machinestats': 'v2.1-machinestats-2.json',
	'/api/v2.1/stats/': 'v2.1-stats-recursive-count2-2.json',
};

export const VERSION_1: Readonly<Record<string, RecordedAnswer>> = {
	'/api/v1.3/machine': 'v2.1-machine.json',
	'/api/v1.3/subcontainers/': 'v1.3-subcontainers-accept-gzip.json',
};

/** A server that answers as a cAdvisor did, from the recordings in test/fixtures/cadvisor. */
export async function startRecordedCadvisor(
	given: Readonly<Record<string, RecordedAnswer>> = {...VERSION_2, ...VERSION_1},
): Promise<RecordedCadvisor> {
	const answers: Record<string, RecordedAnswer> = {...given};
	const requests: string[] = [];
	const authorizations = new Set<string | undefined>();
	const server = await startServer((request, response) => {
		const url = request.url ?? '';
		requests.push(url);
		authorizations.add(request.headers.authorization);
		const path = url.split('?', 1).join('');
		// Debian's build answers every path outside its API with 200 and this text.
		const unknown = path.startsWith('/api/') ? 'api-v2.2.txt' : 'not-found.txt';
		const answer = answers[path] ?? unknown;
		if (answer === NEVER) {
			return;
		}

		if (typeof answer === 'string') {
			const [, status] = recorded(`${answer}.headers`).split(' ', 2);
			response.writeHead(Number(status)).end(recorded(answer));
		} else {
			response.writeHead(answer.status).end(answer.text);
		}
	});
	return {...server, requests, authorizations, answers};
}

export function recorded(name: string): string {
	return readFileSync(join(FIXTURES, name), 'utf8');
}
