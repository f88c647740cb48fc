import {KtopError} from '../../../metrics/model/failure.ts';
import type {AuthProvider} from '../kubeconfig/kubeconfig.ts';
import {loadFile} from '../kubeconfig/load.ts';
import {oneLine} from '../one-line.ts';
import type {Credential, Credentials} from './credential.ts';
import {credentialError} from './credential-error.ts';

/** kubectl takes a token as expired so long before it is (client-go, `oidc.go`). */
const marginMs = 10_000;
/** While the token is expired the kubeconfig is read no more often than this. */
const readEveryMs = 2_000;

type Token = {readonly credential: Credential; readonly expiresAt: number};

/**
 * The id-token of `auth-provider: oidc`. When it has expired, or the server refuses it, the kubeconfig is read again:
 * any kubectl command writes a renewed one there. The refresh token is left alone: an issuer that rotates it would make
 * kubectl's copy worthless.
 */
export function oidcCredentials(provider: AuthProvider, now: () => number): Credentials {
	let known = provider;
	let token = tokenOf(provider);
	let readAt = Number.NEGATIVE_INFINITY;

	const isUsable = (): boolean => token !== undefined && token.expiresAt - marginMs > now();

	const readAgain = async (): Promise<void> => {
		readAt = now();
		const found = await readProvider(provider);
		if (found === undefined) {
			return;
		}
		// The same object for the same token: its identity says whether anything changed.
		if (found.idToken !== known.idToken) {
			token = tokenOf(found);
		}
		known = found;
	};

	const current = async (): Promise<Credential> => {
		if (!isUsable() && now() - readAt >= readEveryMs) {
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
			if (token?.credential === rejected && now() - readAt >= readEveryMs) {
				await readAgain();
			}
			return isUsable() && token?.credential !== rejected;
		},
	};
}

/** `undefined` while the file cannot be read, as when kubectl is writing it, and where the user has none any more. */
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

/** `undefined` where there is none, or it is no JSON Web Token with an end. */
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
		return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1_000 : undefined;
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
				? `${what} is no JSON Web Token`
				: `${what} expired at ${new Date(token.expiresAt).toISOString()}`;
	return credentialError(
		problem,
		isRenewable
			? `any kubectl command renews it in ${file}, and ktop reads it from there`
			: `there is no refresh-token to renew it with: log in again, so that ${file} holds a new id-token`,
		idToken === undefined ? 'no id-token' : token === undefined ? 'bad id-token' : 'id-token expired',
	);
}
