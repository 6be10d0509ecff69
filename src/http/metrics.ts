import type { FastifyInstance } from 'fastify';
import { expositionText, type MetricFamily } from '../metrics/family.js';

/** Register `GET /metrics`, for Prometheus. `collect` is asked at each scrape. */
export function registerMetrics(app: FastifyInstance, collect: () => readonly MetricFamily[]): void {
  app.get('/metrics', (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(expositionText(collect())),
  );
}
