import {X509Certificate} from 'node:crypto';
import {apiFailure} from '../cluster/connection/api/api-failure.ts';
import {serverVersion} from '../cluster/connection/api/server-version.ts';
import type {Connection} from '../cluster/connection/connection.ts';
import type {Answer} from '../http/endpoint.ts';
import {KtopError} from '../metrics/model/failure.ts';
import {bad, type Finding, good, warning} from './finding.ts';

const MAX_ANSWER_BYTES = 4 * 2 ** 20;

/** A clock difference that does no harm to rates and ages. */
const SKEW_ALLOWED_MS = 30_000;

const DAY_MS = 86_400_000;
const EXPIRES_SOON_MS = 7 * DAY_MS;

export type ServerOptions = {
	readonly timeoutMs: number;
	readonly now: () => number;
	readonly isInsecure: boolean;
};

/** Checks that the API server is reachable, its certificate is trusted, it accepts the user, and its clock agrees. */
export async function checkServer(
	{api, label, kubeletCredentials}: Connection,
	{timeoutMs, now, isInsecure}: ServerOptions,
): Promise<readonly Finding[]> {
	const findings: Finding[] = [];
	try {
		const startedMs = now();
		const {gitVersion} = await serverVersion(api, {timeoutMs});
		findings.push(
			good('API server', `${label.server} is Kubernetes ${gitVersion}, ${now() - startedMs} ms away`),
		);
	} catch (error) {
		const failure = expected(error);
		// A refusal to give the version still proves that the server was reached.
		if (failure.code !== 'unauthorized' && failure.code !== 'forbidden') {
			return [bad(failure.code.startsWith('tls-') ? 'TLS' : 'API server', failure)];
		}
	}

	findings.push(
		describeTls(label.server, isInsecure),
		...(await checkCertificate(kubeletCredentials, now())),
	);
	try {
		const path = '/api/v1/nodes?limit=1';
		const answer = await api.get(path, {timeoutMs, maxBytes: MAX_ANSWER_BYTES, accept: 'application/json'});
		const failure = apiFailure(answer, 'authenticate');
		findings.push(
			failure === undefined || failure.code === 'forbidden'
				? good('authentication', `the server knows ${who(answer) ?? label.user ?? 'who asks'}`)
				: bad('authentication', failure),
			checkClock(answer, now()),
		);
	} catch (error) {
		findings.push(bad('authentication', expected(error)));
	}

	return findings;
}

function describeTls(server: string, isInsecure: boolean): Finding {
	if (server.startsWith('http:')) {
		return warning(
			'TLS',
			'the connection to the API server is not encrypted: anybody on the network can read and change it',
			[],
		);
	}

	return isInsecure
		? warning('TLS', 'the certificate of the API server is not verified', [
				'give its authority with --certificate-authority FILE and drop insecure-skip-tls-verify',
			])
		: good('TLS', 'the certificate of the API server is verified');
}

/** Checks when the client certificate expires: without it the API server refuses everything. */
async function checkCertificate(
	{clientCertificate}: Connection['kubeletCredentials'],
	nowMs: number,
): Promise<readonly Finding[]> {
	try {
		const given = await clientCertificate();
		if (given === undefined) {
			return [];
		}

		const certificate = new X509Certificate(given.certificate);
		const endsMs = Date.parse(certificate.validTo);
		const days = Math.floor((endsMs - nowMs) / DAY_MS);
		const subject = certificate.subject.replaceAll('\n', ', ');
		return endsMs - nowMs > EXPIRES_SOON_MS
			? [good('client certificate', `${subject}, valid for ${days} more days`)]
			: [
					warning(
						'client certificate',
						`${subject} ${endsMs < nowMs ? 'is expired' : `expires in ${days} days`}`,
						['renew it: kubeadm certs renew, or whatever issued it'],
					),
				];
	} catch (error) {
		return [bad('client certificate', expected(error))];
	}
}

/** The user that a refusal names. */
function who({status, body}: Answer): string | undefined {
	return status === 403 ? /User \\?"([^"\\]+)/.exec(body.toString('utf8', 0, 2000))?.[1] : undefined;
}

function checkClock({headers}: Answer, nowMs: number): Finding {
	const serverMs = Date.parse(headers.date ?? '');
	if (Number.isNaN(serverMs)) {
		return {...good('clock', 'the API server sends no Date header'), verdict: 'skipped'};
	}

	const skewMs = nowMs - serverMs;
	const seconds = Math.round(Math.abs(skewMs) / 1000);
	return Math.abs(skewMs) <= SKEW_ALLOWED_MS
		? good('clock', `this machine and the API server agree within ${Math.max(seconds, 1)} s`)
		: warning(
				'clock',
				`this machine’s clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the API server’s`,
				['set it by NTP: timedatectl set-ntp true'],
			);
}

/** Any other error is a defect in ktop and must not become a finding. */
export function expected(error: unknown): KtopError {
	if (error instanceof KtopError) {
		return error;
	}

	throw error;
}
