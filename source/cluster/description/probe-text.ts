import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {integerAt, objectAt, textAt} from '../inventory/json-field.ts';

/** The defaults of `v1.Probe`. */
const PERIOD_SECONDS = 10;
const FAILURES = 3;

/** `GET :8080/healthz every 10s, fails after 3`. */
export function probeText(probe: JsonObject): string {
	const delay = integerAt(probe, 'initialDelaySeconds') ?? 0;
	const timeout = integerAt(probe, 'timeoutSeconds') ?? 1;
	return [
		`${handlerText(probe)} every ${integerAt(probe, 'periodSeconds') ?? PERIOD_SECONDS}s`,
		...(delay > 0 ? [`first after ${delay}s`] : []),
		...(timeout > 1 ? [`timeout ${timeout}s`] : []),
		`fails after ${integerAt(probe, 'failureThreshold') ?? FAILURES}`,
	].join(', ');
}

function handlerText({httpGet, tcpSocket, grpc, exec}: JsonObject): string {
	if (isJsonObject(httpGet)) {
		const scheme = textAt(httpGet, 'scheme') === 'HTTPS' ? 'HTTPS ' : '';
		return `GET ${scheme}${textAt(httpGet, 'host') ?? ''}:${portAt(httpGet)}${textAt(httpGet, 'path') ?? '/'}`;
	}

	if (isJsonObject(tcpSocket)) {
		return `TCP ${textAt(tcpSocket, 'host') ?? ''}:${portAt(tcpSocket)}`;
	}

	if (isJsonObject(grpc)) {
		const service = textAt(grpc, 'service');
		return `gRPC :${portAt(grpc)}${service === undefined ? '' : ` ${service}`}`;
	}

	const command = isJsonObject(exec) ? exec.command : undefined;
	return Array.isArray(command) ? `exec ${command.filter(isText).join(' ')}` : 'unknown probe';
}

/** A port is a number or a name. */
function portAt(handler: JsonObject): string {
	return String(integerAt(handler, 'port') ?? textAt(handler, 'port') ?? '?');
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

/** The probes of a container by their names. */
export function probesOf(container: JsonObject): ReadonlyArray<readonly [name: string, text: string]> {
	return (['startup', 'readiness', 'liveness'] as const).flatMap(name => {
		const probe = objectAt(container, `${name}Probe`);
		return Object.keys(probe).length === 0 ? [] : [[name, probeText(probe)] as const];
	});
}
