import {LATEST_DATE_MS} from '../../../metrics/model/date-range.ts';
import {KtopError} from '../../../metrics/model/failure.ts';
import {isRecent} from '../../../metrics/model/recent.ts';
import type {AuthProvider} from '../kubeconfig/kubeconfig.ts';
import {loadFile} from '../kubeconfig/load.ts';
import {oneLine} from '../one-line.ts';
import type {Credential, Credentials} from './credential.ts';
import {credentialError} from './credential-error.ts';

/** kubectl renews a token this long before it expires (client-go, `oidc.go`). */
const marginMs = 10_000;
/** The minimum time between two reads of the kubeconfig while the token is expired. */
const readEveryMs = 2_000;

type Token = {readonly credential: Credential; readonly expiresAt: number};

/**
 * The id-token of `auth-provider: oidc`. If it has expired or the server rejects it, rereads the kubeconfig, to which
 * any kubectl command writes a renewed token. Does not use the refresh token: an issuer that rotates it would
 * invalidate kubectl's copy.
 */
export function oidcCredentials(provider: AuthProvider, now: () => number): Credentials {
	let known = provider;
	let token = tokenOf(provider);
	let readAt = Number.NEGATIVE_INFINITY;

	const isUsable = (): boolean => token !== undefined && token.expiresAt - marginMs > now();

	const mayRead = (): boolean => !isRecent(readAt, now(), readEveryMs);

	const readAgain = async (): Promise<void> => {
		readAt = now();
		const found = await readProvider(provider);
		if (found === undefined) {
			return;
		}
		// Keep the object if the token is the same, because callers compare by identity.
		if (found.idToken !== known.idToken) {
			token = tokenOf(found);
		}
		known = found;
	};

	const current = async (): Promise<Credential> => {
		if (!isUsable() && mayRead()) {
			await readAgain();
		}
		if (token === undefined || !isUsable()) {
			throw unusable(known, token);
		}
		return token.credential;
	};

	return {
		current,
		refresh: async rejected => {
			if (token?.credential === rejected && mayRead()) {
				await readAgain();
			}
			return isUsable() && token?.credential !== rejected;
		},
	};
}

/** Undefined if the file cannot be read, such as while kubectl writes it, or if the user no longer has a provider. */
async function readProvider({file, user, name}: AuthProvider): Promise<AuthProvider | undefined> {
	try {
		const found = (await loadFile(file))?.users.get(user)?.authProvider;
		return found?.name === name ? found : undefined;
	} catch (error) {
		if (error instanceof KtopError) {
			return undefined;
		}
		throw error;
	}
}

/** Undefined without an id-token, or if it is not a JSON Web Token with an expiry. */
function tokenOf({idToken}: AuthProvider): Token | undefined {
	const expiresAt = idToken === undefined ? undefined : expiryOf(idToken);
	return expiresAt === undefined
		? undefined
		: {credential: {authorization: `Bearer ${idToken}`, clientCertificate: undefined}, expiresAt};
}

/** The claim `exp` in milliseconds (RFC 7519, section 4.1.4). */
function expiryOf(token: string): number | undefined {
	const claims = /^[\w-]+\.([\w-]+)\.[\w-]+$/u.exec(token)?.[1];
	if (claims === undefined) {
		return undefined;
	}
	try {
		const payload: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
		const exp = typeof payload === 'object' && payload !== null && 'exp' in payload ? payload.exp : undefined;
		return typeof exp === 'number' && Math.abs(exp * 1_000) <= LATEST_DATE_MS ? exp * 1_000 : undefined;
	} catch {
		return undefined;
	}
}

function unusable({user, file, idToken, isRenewable}: AuthProvider, token: Token | undefined) {
	const what = `the id-token of user "${oneLine(user, 100)}"`;
	const problem =
		idToken === undefined
			? `user "${oneLine(user, 100)}" has auth-provider oidc without an id-token`
			: token === undefined
				? `${what} is not a JSON Web Token`
				: `${what} expired at ${new Date(token.expiresAt).toISOString()}`;
	return credentialError(
		problem,
		isRenewable
			? `run any kubectl command, which renews it in ${file}; ktop then rereads the file`
			: `there is no refresh-token to renew it: log in again to get a new id-token in ${file}`,
		idToken === undefined ? 'no id-token' : token === undefined ? 'bad id-token' : 'id-token expired',
	);
}
