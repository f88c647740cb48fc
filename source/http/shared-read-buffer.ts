import {connect, type Socket} from 'node:net';
import {Duplex} from 'node:stream';

/** More than a TLS record, of which a reading has ten. */
const BYTES = 64 * 1024;

/**
 * One byte less than the first buffer of TLS on the client's side (`kInitialClientBufferLength` in Node's tls_wrap.cc). Once that
 * is full, TLS adds one of 16 KiB, and keeps both as long as the connection lasts.
 */
const PIECE_BYTES = 4095;

/** What one connection has read is passed on before another one reads. */
let shared: Buffer | undefined;

/**
 * A TCP connection for TLS that reads into a buffer which all such connections of a thread share. TLS on a socket of
 * Node's keeps 64 KiB in front of each connection, used or not, because libuv proposes that much for each read: nearly half of
 * what a thousand idle connections take. Over this TLS keeps 4 KiB, and a bare GET of 126 kB takes 0.1 ms more of CPU time.
 */
export class SharedBufferSocket extends Duplex {
	/** To be told of its `connect`, and to set options of. */
	readonly tcp: Socket;

	constructor(place: {readonly host: string; readonly port: number}) {
		super();
		shared ??= Buffer.allocUnsafeSlow(BYTES);
		this.tcp = connect({
			...place,
			onread: {buffer: shared, callback: (bytes, buffer) => this.#pass(buffer.subarray(0, bytes))},
		});
		this.tcp
			.on('end', () => this.push(null))
			.on('error', error => this.destroy(error))
			.on('close', () => this.destroy());
	}

	/** Returns whether more is to be read now. */
	#pass(bytes: Uint8Array): boolean {
		let takesMore = true;
		for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
			const piece = bytes.subarray(at, at + PIECE_BYTES);
			// Whoever takes it at once copies it within the call.
			const isTaken = this.readableFlowing === true && this.readableLength === 0;
			takesMore = this.push(isTaken ? piece : Buffer.from(piece));
			if (isTaken && this.readableLength > 0) {
				this.read();
			}
		}

		return takesMore;
	}

	override _read(): void {
		this.tcp.resume();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
		this.tcp.write(chunk, callback);
	}

	override _final(callback: (error?: Error | null) => void): void {
		this.tcp.end(callback);
	}

	override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
		this.tcp.destroy();
		callback(error);
	}
}
