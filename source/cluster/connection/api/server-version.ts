import type {Endpoint} from '../../../http/endpoint.ts';
import {KtopError} from '../../../metrics/model/failure.ts';
import {oneLine} from '../one-line.ts';
import {apiFailure} from './api-failure.ts';

export type ServerVersion = {
	/** `v1.36.2`, `v1.27.3-gke.100`. */
	readonly gitVersion: string;
	/** For comparisons; undefined if the server sent no number. */
	readonly major: number | undefined;
	readonly minor: number | undefined;
	/** `linux/amd64`; undefined if unknown. */
	readonly platform: string | undefined;
};

const leadingNumber = (value: unknown): number | undefined => {
	const digits = typeof value === 'string' ? /^\d{1,6}/u.exec(value)?.[0] : undefined;
	return digits === undefined ? undefined : Number(digits);
};

/** Requests /version, which usually needs no rights. Throws `KtopError`. */
export async function serverVersion(
	api: Pick<Endpoint, 'get'>,
	options: {readonly timeoutMs: number; readonly signal?: AbortSignal | undefined},
): Promise<ServerVersion> {
	const answer = await api.get('/version', {...options, maxBytes: 1 << 16, accept: 'application/json'});
	const failure = apiFailure(answer, 'get the server version');
	if (failure !== undefined) {
		throw failure;
	}
	const value = parse(answer.body);
	const gitVersion = value.gitVersion;
	if (typeof gitVersion !== 'string' || gitVersion === '') {
		throw notKubernetes();
	}
	const {platform} = value;
	return {
		gitVersion: oneLine(gitVersion, 60),
		// Some clouds send the minor version as `27+`.
		major: leadingNumber(value.major),
		minor: leadingNumber(value.minor),
		platform: typeof platform === 'string' ? oneLine(platform, 40) : undefined,
	};
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(body.toString('utf8'));
		if (typeof value === 'object' && value !== null) {
			return {...value};
		}
	} catch {
		// Handled below.
	}
	throw notKubernetes();
}

const notKubernetes = () =>
	new KtopError({
		code: 'bad-answer',
		brief: 'no Kubernetes API',
		message: 'get the server version: the answer is not from a Kubernetes API server',
		hint: 'check the server address: kubectl cluster-info',
	});
