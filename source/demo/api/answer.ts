import type {JsonFields} from '../json-fields.ts';
import {answer, type DemoAnswer} from '../kubelet/answer.ts';
import type {ClusterModel} from '../model/cluster.ts';
import {selectItems, withKind} from './collection.ts';
import {listEvents} from './events.ts';
import {listObjects} from './list.ts';
import {nodeMetricsList, podMetricsList} from './metrics-api.ts';
import {type ControllerName, type ResourceName, readSelection, selectByName} from './selection.ts';
import {isStatusError, notFound, type StatusError, statusObject} from './status.ts';
import {VERSION_INFO} from './version.ts';
import {isWatch, type Watch, watchObjects} from './watch.ts';

const NAMESPACED = /^\/api\/v1\/namespaces\/([^/]+)\/pods(?:\/([^/]+))?$/;
const CONTROLLERS = /^\/apis\/apps\/v1\/(?:namespaces\/([^/]+)\/)?(deployments|statefulsets|daemonsets)$/;
const EVENTS = /^\/api\/v1\/namespaces\/([^/]+)\/events$/;
const COLLECTION = /^\/api\/v1\/(nodes|pods|namespaces)$/;
const NODE = /^\/api\/v1\/(nodes|namespaces)\/([^/]+)$/;
const PROXY = /^\/api\/v1\/nodes\/([^/]+)\/proxy(\/.*)$/;
const METRICS = /^\/apis\/metrics\.k8s\.io\/v1beta1\/(?:namespaces\/([^/]+)\/)?(nodes|pods)$/;

const UNKNOWN_PATH: StatusError = {
	code: 404,
	reason: 'NotFound',
	message: 'the server could not find the requested resource',
};
const READ_ONLY: StatusError = {
	code: 405,
	reason: 'MethodNotAllowed',
	message: 'the server does not allow this method on the requested resource',
};

/** The response of the API server: a body, or a watch. `hang`: a proxied kubelet never responds. */
export function answerApi(
	cluster: ClusterModel,
	method: string,
	url: string,
	nowMs: number,
): DemoAnswer | {readonly watch: Watch} | 'hang' {
	if (method !== 'GET') {
		return json(READ_ONLY);
	}

	const {pathname, search, searchParams} = new URL(url, 'http://demo');
	const [, proxied, path = ''] = PROXY.exec(pathname) ?? [];
	if (proxied !== undefined) {
		return answerByProxy(cluster, proxied, `${path}${search}`, nowMs);
	}

	const [, namespace, pod] = NAMESPACED.exec(pathname) ?? [];
	const [, resource] = COLLECTION.exec(pathname) ?? [];
	const [, named, name] = NODE.exec(pathname) ?? [];
	if (pod !== undefined) {
		return json(object(cluster, 'pods', namespace, pod, nowMs));
	}

	if (namespace !== undefined) {
		return answerCollection(cluster, 'pods', namespace, searchParams, nowMs);
	}

	if (isResource(resource)) {
		return answerCollection(cluster, resource, undefined, searchParams, nowMs);
	}

	if (isResource(named) && name !== undefined) {
		return json(object(cluster, named, undefined, name, nowMs));
	}

	const [, ofControllers, controllers] = CONTROLLERS.exec(pathname) ?? [];
	if (isController(controllers)) {
		return answerCollection(cluster, controllers, ofControllers, searchParams, nowMs);
	}

	const [, ofEvents] = EVENTS.exec(pathname) ?? [];
	if (ofEvents !== undefined) {
		return json(listEvents(cluster, ofEvents, searchParams, nowMs));
	}

	if (pathname === '/version') {
		return json(VERSION_INFO);
	}

	return json(metrics(cluster, pathname, nowMs) ?? UNKNOWN_PATH);
}

function answerCollection(
	cluster: ClusterModel,
	resource: ResourceName,
	namespace: string | undefined,
	parameters: URLSearchParams,
	nowMs: number,
): DemoAnswer | {readonly watch: Watch} {
	const selection = readSelection(resource, namespace, parameters);
	if (isStatusError(selection)) {
		return json(selection);
	}

	if (!isWatch(parameters)) {
		return json(listObjects(cluster, selection, parameters, nowMs));
	}

	const watching = watchObjects(cluster, selection, parameters, nowMs);
	return typeof watching === 'function' ? {watch: watching} : json(watching);
}

function object(
	cluster: ClusterModel,
	resource: ResourceName,
	namespace: string | undefined,
	name: string,
	nowMs: number,
): JsonFields | StatusError {
	const selection = selectByName(resource, namespace, name);
	const [item] = selectItems(cluster, selection, Number.NEGATIVE_INFINITY);
	return item === undefined ? notFound(resource, name) : withKind(selection, item.toObject(nowMs));
}

function metrics(cluster: ClusterModel, pathname: string, nowMs: number): JsonFields | undefined {
	const [, namespace, measured] = METRICS.exec(pathname) ?? [];
	if (measured === 'pods') {
		return podMetricsList(cluster, namespace, nowMs);
	}

	return measured === 'nodes' && namespace === undefined ? nodeMetricsList(cluster, nowMs) : undefined;
}

/** The API server uses its own credentials, which every kubelet accepts. */
function answerByProxy(
	cluster: ClusterModel,
	name: string,
	path: string,
	nowMs: number,
): DemoAnswer | 'hang' {
	if (cluster.node(name) === undefined) {
		return json(notFound('nodes', name));
	}

	const fault = cluster.faults.get(name);
	const isRefusing = fault === 'forbidden' || fault === 'resource-only';
	const granting = isRefusing ? {...cluster, faults: new Map()} : cluster;
	return answer(granting, 'GET', `/nodes/${name}${path}`, nowMs);
}

function isController(name: string | undefined): name is ControllerName {
	return name === 'deployments' || name === 'statefulsets' || name === 'daemonsets';
}

function isResource(name: string | undefined): name is ResourceName {
	return name === 'nodes' || name === 'pods' || name === 'namespaces';
}

function json(body: JsonFields | StatusError): DemoAnswer {
	const status = isStatusError(body) ? body.code : 200;
	return {
		status,
		contentType: 'application/json',
		body: JSON.stringify(isStatusError(body) ? statusObject(body) : body),
		delayMs: 0,
	};
}
