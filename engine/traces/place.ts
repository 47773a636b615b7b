import type { ConfigProblem } from '../config.ts';
import { headersIn } from './headers.ts';

/** Where traces go and under which name. */
export interface TracesPlace {
  url: string;
  headers: Readonly<Record<string, string>>;
  service: string;
}

/** Reads what OpenTelemetry's specification calls the exporter's variables
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter): the address, the headers, the name of the service. Null where no address is said, or
 * where it speaks gRPC, which we do not: these variables may be meant for other programs, and keep nobody from working. We speak JSON over HTTP,
 * which every collector takes at its port for HTTP. */
export function readTraces(
  text: (name: string) => string | null,
  url: (name: string, protocols: readonly string[]) => string | null,
  problems: ConfigProblem[],
): TracesPlace | null {
  const says = (name: string, word: string) => text(name)?.toLowerCase() === word;
  if (says('OTEL_SDK_DISABLED', 'true') || says('OTEL_TRACES_EXPORTER', 'none')) return null;
  if (says('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'grpc') || says('OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'))
    return null;
  const own = url('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', ['http:', 'https:']);
  const common = url('OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']);
  const address = own ?? (common && `${common.replace(/\/+$/, '')}/v1/traces`);
  if (address === null) return null;
  const said = text('OTEL_EXPORTER_OTLP_HEADERS');
  const headers = headersIn(said ?? '');
  if (headers === null)
    problems.push({
      variable: 'OTEL_EXPORTER_OTLP_HEADERS',
      problem: 'is no list such as name=value,other=value',
    });
  return { url: address, headers: headers ?? {}, service: text('OTEL_SERVICE_NAME') ?? 'watchai' };
}
