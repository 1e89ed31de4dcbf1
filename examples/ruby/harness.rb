# A harness: `kms-cks consume -- ruby harness.rb` drives the fake, and judges every answer.
require 'json'
require_relative 'fake'

$stdin.set_encoding('UTF-8')
$stdout.set_encoding('UTF-8')
$stdout.sync = true # every line goes out at once
fake = Fake.new
$stdin.each_line do |line|
  message = JSON.parse(line)
  reply = { ok: {} }
  case message['kind']
  when 'reset' then fake = Fake.new
  when 'request'
    begin
      reply = fake.answer(message['request']['op'], message['request']['input'])
    rescue StandardError => e # a fault of this program, not an answer of the fake
      reply = { errored: e.inspect }
    end
  end
  puts JSON.generate(reply.merge(seq: message['seq']))
  break if message['kind'] == 'stop'
end
