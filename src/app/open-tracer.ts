import { ROOT_CONTEXT, type Span, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { withoutSlash } from '../domain/settings.ts';
import type { Tracer } from '../domain/tracer.ts';
import { within } from '../domain/within.ts';

/** What could not be sent by then is let go: a collector that does not answer must not keep a process from its end. */
const flushWithinMs = 3000;

/**
 * Sends what is recorded to a collector by OTLP over HTTP, in batches and beside the work. Loaded only where there is a collector.
 * @param endpoint without `/v1/traces`
 */
export function openTracer(endpoint: string): Tracer & { close(): Promise<void> } {
  const exporter = new OTLPTraceExporter({ url: `${withoutSlash(endpoint)}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'courant' }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('courant');
  return {
    record({ name, startedAt, endedAt, parent, attributes = {}, error }) {
      const span = tracer.startSpan(name, { startTime: startedAt, attributes }, contextOf(parent));
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
      span.end(endedAt);
      return traceparentOf(span);
    },
    close: () => within(flushWithinMs, provider.shutdown()).catch(() => undefined),
  };
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

function contextOf(parent: string | undefined) {
  const [, traceId, spanId, flags] = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(parent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags ?? '01', 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
