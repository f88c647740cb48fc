/** A secret, or what reads the current one: files of secrets are replaced while ktop runs. */
type Secret = string | (() => Promise<string>);

/** How ktop authenticates with a store. */
export type StoreLogin =
	| {readonly kind: 'password'; readonly user: string; readonly password: Secret}
	| {readonly kind: 'token'; readonly token: Secret};

/** The header `Authorization`. InfluxDB 2.x and 3.x expect tokens as `Token`, Prometheus as `Bearer`. */
export async function authorizationHeader(
	login: StoreLogin,
	tokenScheme: 'Bearer' | 'Token',
): Promise<string> {
	return login.kind === 'token'
		? `${tokenScheme} ${await current(login.token)}`
		: `Basic ${Buffer.from(`${login.user}:${await current(login.password)}`).toString('base64')}`;
}

const current = async (secret: Secret): Promise<string> => (typeof secret === 'string' ? secret : secret());
