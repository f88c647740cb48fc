/** A right that RBAC knows: one verb on one resource. */
export type Permission = {
	readonly verb: string;
	/** With subresource: `nodes/proxy`. */
	readonly resource: string;
	/** Empty for the core group. */
	readonly group: string;
	/** `undefined`: at the cluster scope. */
	readonly namespace: string | undefined;
};

const refusal = /cannot (\w+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/u;

/** The right that the message of a 403 says is missing (`forbiddenMessage` of the API server's responsewriters). */
export function missingPermission(message: string): Permission | undefined {
	const [, verb, resource, group, namespace] = refusal.exec(message) ?? [];
	if (verb === undefined || resource === undefined || group === undefined) {
		return undefined;
	}
	return {verb, resource, group, namespace};
}
