CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"mode" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"token_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_by" text,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "api_keys_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "assistants" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assistants_of_team" UNIQUE("team_id","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"mode" text NOT NULL,
	"type" text NOT NULL,
	"subject" text NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text,
	"data" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"team_id" text NOT NULL,
	"mode" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"order_id" text,
	"outcome" json,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_team_id_mode_key_pk" PRIMARY KEY("team_id","mode","key")
);
--> statement-breakpoint
CREATE TABLE "number_orders" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"mode" text NOT NULL,
	"phone_number_id" text NOT NULL,
	"phone_number" text NOT NULL,
	"connection_id" text,
	"max_monthly_price" numeric,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"carrier_order_id" text,
	"order_attempts" integer NOT NULL,
	"ordering_at" timestamp with time zone,
	"checks" integer NOT NULL,
	"next_step_at" timestamp with time zone NOT NULL,
	"failure_code" text,
	"failure_detail" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_numbers" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"mode" text NOT NULL,
	"phone_number" text NOT NULL,
	"provider" text NOT NULL,
	"carrier_number_id" text,
	"connection_id" text,
	"status" text NOT NULL,
	"is_trial" boolean NOT NULL,
	"trial_expires_at" timestamp with time zone,
	"bought_as_trial" boolean NOT NULL,
	"assistant_id" text,
	"created_by" text,
	"monthly_price" numeric,
	"setup_price" numeric,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "simulated_carrier_records" (
	"seq" integer GENERATED ALWAYS AS IDENTITY (sequence name "simulated_carrier_records_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"collection" text NOT NULL,
	"id" text NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "simulated_carrier_records_collection_id_pk" PRIMARY KEY("collection","id")
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"team_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "team_members_team_id_user_id_pk" PRIMARY KEY("team_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"plan" text NOT NULL,
	"max_numbers" integer,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "teams_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assistants" ADD CONSTRAINT "assistants_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "number_orders" ADD CONSTRAINT "number_orders_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD CONSTRAINT "phone_numbers_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD CONSTRAINT "phone_numbers_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD CONSTRAINT "phone_numbers_team_id_assistant_id_assistants_team_id_id_fk" FOREIGN KEY ("team_id","assistant_id") REFERENCES "public"."assistants"("team_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_of_team" ON "events" USING btree ("team_id","id");--> statement-breakpoint
CREATE INDEX "events_of_subject" ON "events" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "number_orders_open" ON "number_orders" USING btree ("next_step_at") WHERE state not in ('completed', 'failed');--> statement-breakpoint
CREATE INDEX "number_orders_of_number" ON "number_orders" USING btree ("phone_number_id");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_numbers_live" ON "phone_numbers" USING btree ("mode","phone_number") WHERE status in ('purchasing', 'active', 'suspended', 'releasing');--> statement-breakpoint
CREATE INDEX "phone_numbers_of_team" ON "phone_numbers" USING btree ("team_id","mode","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE status <> 'released';--> statement-breakpoint
CREATE INDEX "phone_numbers_of_assistant" ON "phone_numbers" USING btree ("assistant_id") WHERE assistant_id is not null;--> statement-breakpoint
CREATE INDEX "simulated_carrier_in_order" ON "simulated_carrier_records" USING btree ("collection","seq");--> statement-breakpoint
CREATE INDEX "simulated_carrier_by_field" ON "simulated_carrier_records" USING gin (record jsonb_path_ops);