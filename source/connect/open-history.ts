import {rotatingFile} from '../cluster/connection/credentials/rotating-file.ts';
import type {InfluxdbOptions} from '../history/influxdb/client.ts';
import {influxdbStore} from '../history/influxdb/read/store.ts';
import type {HistoryStore} from '../history/store/history-store.ts';
import type {TlsOptions} from '../http/endpoint.ts';
import {readBounded} from '../http/read-bounded.ts';
import {KtopError} from '../metrics/model/failure.ts';
import {systemErrorWords} from '../metrics/model/system-error.ts';
import type {HistorySpec, LoginSpec} from '../options/store-spec.ts';
import {readPem} from './access-files.ts';

/** The store that `--history` names; nothing is sent yet. Throws `KtopError` (`usage`) that names a file it cannot read. */
export async function openHistory(spec: HistorySpec, timeoutMs: number): Promise<HistoryStore> {
	const {url} = spec;
	const {login, tls} = await readStoreAccess('--history', spec);
	switch (spec.kind) {
		case 'influxdb':
			return influxdbStore({
				url,
				login,
				tls,
				timeoutMs,
				database: spec.database,
				retentionPolicy: spec.retentionPolicy,
			});
		case 'prometheus': {
			const {prometheusStore} = await import('../history/prometheus/store.ts');
			const {headers, labels, matchers, scrapeIntervalMs} = spec;
			return prometheusStore({url, login, tls, timeoutMs, headers, labels, matchers, scrapeIntervalMs});
		}
	}
}

type Login = InfluxdbOptions['login'];

/** Who asks and whom to trust, read from the files that `flag` names. */
export async function readStoreAccess(
	flag: '--history' | '--sink',
	{login, authorityFile, isInsecure}: Pick<HistorySpec, 'login' | 'authorityFile' | 'isInsecure'>,
): Promise<{readonly login: Login; readonly tls: TlsOptions}> {
	return {
		login: login && (await readLogin(flag, login)),
		tls: {ca: await readPem(`ca= in ${flag}`, authorityFile), isInsecure},
	};
}

async function readLogin(flag: string, login: LoginSpec): Promise<Login> {
	switch (login.kind) {
		case 'password':
		case 'token':
			return login;
		case 'password-file':
			return {
				kind: 'password',
				user: login.user,
				password: await readSecret(`passwordfile= in ${flag}`, login.file),
			};
		case 'token-file':
			return {kind: 'token', token: await readSecret(`tokenfile= in ${flag}`, login.file)};
	}
}

/** No header may hold them: a file with several lines is half written, or of something else. */
const CONTROL_CHARACTER = /\p{Cc}/u;

/** Read again when the file is replaced; the last secret stays in use while there is none in it. */
async function readSecret(what: string, path: string): Promise<() => Promise<string>> {
	const file = rotatingFile(path, what, Date.now);
	let secret = await readFirst(what, path);
	return async () => {
		const text = (await file.read().catch(() => '')).trim();
		secret = text === '' || CONTROL_CHARACTER.test(text) ? secret : text;
		return secret;
	};
}

async function readFirst(what: string, file: string): Promise<string> {
	const refused = (brief: string, why: string, cause?: unknown): KtopError =>
		new KtopError(
			{
				code: 'usage',
				brief,
				message: `${what} names ${file}, which ${why}`,
				hint: 'name a file that holds the secret and nothing else',
			},
			{cause},
		);
	let text: string;
	try {
		text = (await readBounded(file)).toString().trim();
	} catch (error) {
		throw refused('no such file', `cannot be read: ${systemErrorWords(error)}`, error);
	}

	if (CONTROL_CHARACTER.test(text)) {
		throw refused('bad secret file', 'holds more than one line or a control character');
	}

	return text;
}
