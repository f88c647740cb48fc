import {EVENTS_ROLE, type Role, roleManifest} from '../cluster/rbac/manifest.ts';
import {subjectOfUser} from '../cluster/rbac/subject-of-user.ts';
import type {Failure} from '../metrics/model/failure.ts';

/**
 * The roles that `doctor` proposes. Each has all the verbs that belong together, whichever of them is missing, so that
 * applying one manifest never removes what another one granted.
 */
export const ROLES = {
	nodes: {
		name: 'ktop:nodes',
		rules: [{group: '', resources: ['nodes'], verbs: ['get', 'list', 'watch']}],
	},
	pods: {name: 'ktop:pods', rules: [{group: '', resources: ['pods'], verbs: ['get', 'list', 'watch']}]},
	kubelets: {
		name: 'ktop:kubelets',
		rules: [{group: '', resources: ['nodes/stats', 'nodes/metrics'], verbs: ['get']}],
	},
	events: EVENTS_ROLE,
	logs: {name: 'ktop:logs', rules: [{group: '', resources: ['pods/log'], verbs: ['get']}]},
	// Newer versions of kubectl open the stream with GET, older ones with POST.
	shell: {name: 'ktop:shell', rules: [{group: '', resources: ['pods/exec'], verbs: ['get', 'create']}]},
} as const satisfies Readonly<Record<string, Role>>;

/** `User "jane" cannot list resource "nodes" …`, as the API server says it. */
const USER = /User "([^"]+)"/;

/** `kubelet https://… forbids jane to get nodes/stats`. */
const KUBELET_REFUSAL = /forbids (.+) to get nodes\/\w+$/;

const ANONYMOUS = 'system:anonymous';

/** The placeholder for a user that the refusal does not name. */
const SOMEBODY = 'YOUR-USER';

/** The manifest that grants the missing right, for an administrator to apply. */
export function grant(failure: Failure, role: Role): readonly string[] {
	const user = USER.exec(failure.message)?.[1] ?? SOMEBODY;
	// Anonymous users need credentials, not rights.
	return user === ANONYMOUS ? [failure.hint] : manifest(user, role);
}

/** The same for a kubelet's refusal; the failure's hint if no right is missing. */
export function grantForKubelet(failure: Failure): readonly string[] {
	const user = KUBELET_REFUSAL.exec(failure.message)?.[1];
	return user === undefined || user === ANONYMOUS
		? [failure.hint]
		: manifest(user === 'this user' ? SOMEBODY : user, ROLES.kubelets);
}

function manifest(user: string, role: Role): readonly string[] {
	const yaml = roleManifest(role, [subjectOfUser(user)]);
	return ['let an administrator apply this (kubectl apply -f -):', ...yaml.trimEnd().split('\n')];
}
