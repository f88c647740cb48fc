import {type Role, roleManifest} from '../cluster/rbac/manifest.ts';
import {subjectOfUser} from '../cluster/rbac/subject-of-user.ts';
import type {Failure} from '../metrics/model/failure.ts';

/**
 * What ktop needs a right for. Each is a role of its own with all verbs that go together, whichever of them is missing:
 * the manifest of one never takes away what that of another, or of another user, has given.
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
	logs: {name: 'ktop:logs', rules: [{group: '', resources: ['pods/log'], verbs: ['get']}]},
	// kubectl of today opens the stream by GET, that of before by POST.
	shell: {name: 'ktop:shell', rules: [{group: '', resources: ['pods/exec'], verbs: ['get', 'create']}]},
} as const satisfies Readonly<Record<string, Role>>;

/** `User "jane" cannot list resource "nodes" …`, as the API server says it. */
const USER = /User "([^"]+)"/;

/** `kubelet https://… forbids jane to get nodes/stats`. */
const KUBELET_REFUSAL = /forbids (.+) to get nodes\/\w+$/;

const ANONYMOUS = 'system:anonymous';

/** What stands for a user that the refusal does not name. */
const SOMEBODY = 'YOUR-USER';

/** The manifest that gives the missing right, to apply by somebody who may. */
export function grant(failure: Failure, role: Role): readonly string[] {
	const user = USER.exec(failure.message)?.[1] ?? SOMEBODY;
	// Nobody wants rights for everybody: what is missing is a login.
	return user === ANONYMOUS ? [failure.hint] : manifest(user, role);
}

/** The same for what a kubelet refused; its hint where no right is what is missing. */
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
