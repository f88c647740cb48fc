/** An RBAC permission: one verb on one resource. */
export type Permission = {
	readonly verb: string;
	/** Including the subresource: `nodes/proxy`. */
	readonly resource: string;
	/** Empty for the core group. */
	readonly group: string;
	/** Undefined: cluster scope. */
	readonly namespace: string | undefined;
};

const refusal = /cannot (\w+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/u;

/** The missing permission in the message of a 403 (`forbiddenMessage` of the API server's responsewriters). */
export function missingPermission(message: string): Permission | undefined {
	const [, verb, resource, group, namespace] = refusal.exec(message) ?? [];
	if (verb === undefined || resource === undefined || group === undefined) {
		return undefined;
	}
	return {verb, resource, group, namespace};
}
